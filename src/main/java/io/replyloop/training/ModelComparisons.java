package io.replyloop.training;

import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Puts beside each other what is stored about two models; nothing is measured anew. */
@ApplicationScoped
@Transactional
public class ModelComparisons {
    private final ModelRegistry models;
    private final DatasetService datasets;

    ModelComparisons(ModelRegistry models, DatasetService datasets) {
        this.models = models;
        this.datasets = datasets;
    }

    public ModelComparison of(UUID one, UUID other) {
        Optional<TrainingRun> first = run(one);
        Optional<TrainingRun> second = run(other);
        Optional<TrainingRun> together = first.filter(run -> measuredAgainst(run, other))
                .or(() -> second.filter(run -> measuredAgainst(run, one)));
        boolean sameSnapshot = first.isPresent()
                && second.isPresent()
                && first.get().datasetId != null
                && first.get().datasetId.equals(second.get().datasetId);
        return new ModelComparison(
                side(models.summary(one), first),
                side(models.summary(other), second),
                sameSnapshot || together.isPresent(),
                together.map(run -> run.number).orElse(null));
    }

    private static boolean measuredAgainst(TrainingRun run, UUID model) {
        return run.metrics != null
                && model.toString().equals(run.metrics.path("championId").asText());
    }

    private static Optional<TrainingRun> run(UUID model) {
        return TrainingRun.<TrainingRun>find("resultModelId", model).firstResultOptional();
    }

    private ModelComparison.Side side(ModelSummary model, Optional<TrainingRun> run) {
        return new ModelComparison.Side(model, run.map(this::made).orElse(null));
    }

    private ModelComparison.Made made(TrainingRun run) {
        DatasetVersionView snapshot = datasets.version(run.datasetId);
        return new ModelComparison.Made(
                run.id,
                run.number,
                run.finishedAt,
                models.get(run.baseModelId).number(),
                snapshot.number(),
                snapshot.contentHash(),
                snapshot.train(),
                snapshot.test(),
                run.steps,
                run.options,
                run.metrics);
    }
}
