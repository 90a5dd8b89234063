package io.replyloop.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.dataset.DatasetContents;
import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.model.ModelRegistry;
import io.replyloop.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Puts together what is shown of a run, from its row, its curve, its dataset and what became of its model. */
@ApplicationScoped
class RunViews {
    private final Session database;
    private final ModelRegistry models;
    private final DatasetService datasets;
    private final TrainingConfig config;
    private final ObjectMapper json;

    RunViews(
            Session database, ModelRegistry models, DatasetService datasets, TrainingConfig config, ObjectMapper json) {
        this.database = database;
        this.models = models;
        this.datasets = datasets;
        this.config = config;
        this.json = json;
    }

    List<TrainingRunView> all(List<TrainingRun> runs) {
        Map<UUID, Instant> promotions = promotions(runs);
        Instant waitsUntil = waitsUntil();
        Map<UUID, DatasetVersionView> snapshots =
                datasets.versions(runs.stream().map(run -> run.datasetId).toList());
        return runs.stream()
                .map(run -> view(run, snapshots.get(run.datasetId), promotions, waitsUntil, null))
                .toList();
    }

    TrainingRunView one(TrainingRun run) {
        return view(run, datasets.version(run.datasetId), promotions(List.of(run)), waitsUntil(), null);
    }

    TrainingRunView withCurve(TrainingRun run) {
        return view(run, datasets.version(run.datasetId), promotions(List.of(run)), waitsUntil(), points(run.id));
    }

    private Map<UUID, Instant> promotions(List<TrainingRun> runs) {
        Map<UUID, Instant> promotions = new HashMap<>();
        if (runs.stream().anyMatch(run -> run.resultModelId != null)) {
            promotions.putAll(models.promotions());
        }
        return promotions;
    }

    private static Instant waitsUntil() {
        Instant now = Instant.now();
        return TrainingSchedule.get()
                .quietHours()
                .filter(hours -> hours.holdAt(now))
                .map(hours -> hours.over(now))
                .orElse(null);
    }

    private List<TrainingRunView.Point> points(UUID run) {
        List<Object[]> rows = database.createNativeQuery(
                        "select step, loss, learning_rate, pairs_per_second, cast(dev_metrics as text)"
                                + " from training_point where run_id = :run order by step",
                        Object[].class)
                .setParameter("run", run)
                .getResultList();
        return rows.stream()
                .map(row -> new TrainingRunView.Point(
                        ((Number) row[0]).intValue(),
                        ((Number) row[1]).doubleValue(),
                        ((Number) row[2]).doubleValue(),
                        ((Number) row[3]).doubleValue(),
                        row[4] == null ? null : Json.stored((String) row[4])))
                .toList();
    }

    private TrainingRunView view(
            TrainingRun run,
            DatasetVersionView dataset,
            Map<UUID, Instant> promotions,
            Instant waitsUntil,
            List<TrainingRunView.Point> points) {
        Instant promotedAt = run.resultModelId == null ? null : promotions.get(run.resultModelId);
        RunStage stage = RunStage.of(run, promotedAt);
        return new TrainingRunView(
                run.id,
                run.number,
                run.state,
                stage,
                run.trigger,
                run.requestedBy,
                run.baseModelId,
                run.measuredModelId,
                run.resultModelId,
                new TrainingRunView.Dataset(
                        run.datasetId,
                        dataset.number(),
                        dataset.train(),
                        dataset.dev(),
                        dataset.test(),
                        dataset.leftOut(),
                        dataset.contentHash(),
                        dataset.erased()),
                contents(run),
                new RunLimits(run.maximumMinutes, run.cores),
                run.attempt,
                config.attempts(),
                run.cancelRequested,
                run.step,
                run.steps,
                run.secondsLeft,
                run.spentSeconds,
                run.state == RunState.RUNNING && run.standingBack,
                run.stoodBackSeconds,
                run.state == RunState.QUEUED ? waitsUntil : null,
                run.metrics,
                run.onlyMeasures() ? null : run.promotion,
                run.error,
                run.errorCode,
                stage == RunStage.REJECTED
                        ? new TrainingRunView.Rejection(run.rejectedAt, run.rejectedBy, run.rejectionReason)
                        : null,
                run.createdAt,
                run.startedAt,
                run.finishedAt,
                points);
    }

    private DatasetContents contents(TrainingRun run) {
        return run.trainedOn == null ? null : json.convertValue(run.trainedOn, DatasetContents.class);
    }
}
