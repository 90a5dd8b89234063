package io.replyloop.training;

import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Puts beside each other what is stored about two models; {@link MeasurementService} measures them anew. */
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
        ModelSummary left = models.summary(one);
        ModelSummary right = models.summary(other);
        Optional<TrainingRun> together = Stream.of(
                        first.filter(run -> measuredAgainst(run, other)),
                        second.filter(run -> measuredAgainst(run, one)),
                        measurement(one, other))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(run -> run.number));
        boolean sameSnapshot = first.isPresent()
                && second.isPresent()
                && first.get().datasetId != null
                && first.get().datasetId.equals(second.get().datasetId);
        return new ModelComparison(
                side(left, first),
                side(right, second),
                sameSnapshot || together.isPresent(),
                together.map(run -> run.number).orElse(null),
                together.map(run -> together(run, left, right)).orElse(null));
    }

    /** The newest that came to its end, whichever of the two it names first. */
    private static Optional<TrainingRun> measurement(UUID one, UUID other) {
        return TrainingRun.<TrainingRun>find(
                        "state = ?1 and ((measuredModelId = ?2 and baseModelId = ?3)"
                                + " or (measuredModelId = ?3 and baseModelId = ?2)) order by number desc",
                        RunState.SUCCEEDED,
                        one,
                        other)
                .firstResultOptional();
    }

    private static ModelComparison.Together together(TrainingRun run, ModelSummary left, ModelSummary right) {
        UUID measured = run.onlyMeasures() ? run.measuredModelId : run.resultModelId;
        boolean first = measured.equals(left.id());
        return new ModelComparison.Together(
                run.id, (first ? left : right).number(), (first ? right : left).number(), run.finishedAt, run.metrics);
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
