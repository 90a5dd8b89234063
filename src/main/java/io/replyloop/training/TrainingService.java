package io.replyloop.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.panache.common.Sort;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.dataset.LearnedDataset;
import io.replyloop.dataset.MaterialService;
import io.replyloop.model.ModelRegistry;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

/**
 * The queue of runs as the server sees it: starting, cancelling and giving up on workers that died. Everything is a
 * row, so that a server which was killed finds its runs again.
 */
@ApplicationScoped
public class TrainingService implements LearnedDataset {
    private static final Logger LOG = Logger.getLogger(TrainingService.class);
    private static final int RUNS_SHOWN = 100;
    public static final String MANUAL = "manual";
    static final String SCHEDULE = "schedule";

    private final Session database;
    private final ModelRegistry models;
    private final MaterialService materials;
    private final DatasetService datasets;
    private final RunViews views;
    private final TrainingConfig config;
    private final ObjectMapper json;
    private final AuditLog audit;

    TrainingService(
            Session database,
            ModelRegistry models,
            MaterialService materials,
            DatasetService datasets,
            RunViews views,
            TrainingConfig config,
            ObjectMapper json,
            AuditLog audit) {
        this.database = database;
        this.models = models;
        this.materials = materials;
        this.datasets = datasets;
        this.views = views;
        this.config = config;
        this.json = json;
        this.audit = audit;
        if (config.minimumExamples().isPresent()) {
            LOG.warn("replyloop.training.minimum-examples has no effect any more: see minimum-decisions and"
                    + " minimum-held-out in src/docs/training.md");
        }
    }

    /** Throws what keeps a run from starting now. */
    private void requireNoObstacle(boolean anyway) {
        if (models.championId().isEmpty()) {
            throw new Problem(
                    ProblemCode.NO_MODEL, "No model serves yet that could be trained. Promote one under Models first.");
        }
        Optional<TrainingRun> active = TrainingRun.active();
        if (active.isPresent()) {
            throw alreadyActive(active.get());
        }
        TrainingMinimums.of(config).require(materials.material(), anyway);
    }

    /**
     * Freezes the examples as they are and queues a run on the model that serves.
     *
     * @param anyway whether an admin wants it although there is too little to learn from
     */
    @Transactional
    public TrainingRunView start(String trigger, UUID agent, TrainingOptions options, boolean anyway) {
        return start(trigger, agent, options, anyway, false);
    }

    /** @param withoutErased to begin at a model that has learned nothing from customers who were erased */
    @Transactional
    public TrainingRunView start(
            String trigger, UUID agent, TrainingOptions options, boolean anyway, boolean withoutErased) {
        requireNoObstacle(anyway);
        Optional<UUID> base = withoutErased ? models.championWithoutErased() : models.championId();
        TrainingRun run = TrainingRun.queued(trigger, agent);
        run.baseModelId = base.orElseThrow(() -> new Problem(
                ProblemCode.NO_MODEL,
                "Every model that the serving one was made from has learned from customers who were erased. Import a model,"
                        + " or promote another one under Models first."));
        DatasetVersionView dataset = datasets.freeze(1);
        run.datasetId = dataset.id();
        run.options = json.valueToTree(options == null ? TrainingOptions.DEFAULTS : options);
        run.trainedOn = json.valueToTree(materials.contents(dataset.id()));
        RunLimits limits = TrainingSchedule.get().limits();
        run.maximumMinutes = limits.maximumMinutes();
        run.cores = limits.cores();
        if (dataset.train() == 0 || dataset.dev() == 0) {
            throw new Problem(
                    ProblemCode.TOO_FEW_CONVERSATIONS,
                    "All examples come from too few conversations to keep some back for measuring. Answer more"
                            + " conversations first.");
        }
        try {
            run.persistAndFlush();
        } catch (ConstraintViolationException another) {
            throw new Problem(
                    ProblemCode.ALREADY_RUNNING, "Another training run was started at the same moment.", another);
        }
        recordStart(run, dataset);
        LOG.infof("Training run %d queued (%s): %d examples", run.number, trigger, dataset.train());
        return views.one(run);
    }

    @Transactional
    public List<TrainingRunView> runs() {
        return views.all(TrainingRun.<TrainingRun>findAll(Sort.descending("number"))
                .page(0, RUNS_SHOWN)
                .list());
    }

    @Transactional
    public TrainingRunView run(UUID id) {
        return views.withCurve(find(id, LockModeType.NONE));
    }

    /** A queued run ends here; a running one is told, and ends within seconds. A run that has ended stays as it is. */
    @Transactional
    public TrainingRunView cancel(UUID id) {
        TrainingRun run = find(id, LockModeType.PESSIMISTIC_WRITE);
        switch (run.state) {
            case QUEUED -> {
                recordCancel(run);
                run.end(RunState.CANCELLED);
            }
            case RUNNING -> {
                if (!run.cancelRequested) {
                    recordCancel(run);
                }
                run.cancelRequested = true;
            }
            case SUCCEEDED, FAILED, CANCELLED ->
                throw new Problem(
                        ProblemCode.RUN_ENDED, "Run " + run.number + " has already ended; nothing is left to cancel.");
        }
        return views.one(run);
    }

    /** Says that its model is not wanted, and why. The model stays, and may be promoted after all. */
    @Transactional
    public TrainingRunView reject(UUID id, UUID agent, String reason) {
        TrainingRun run = find(id, LockModeType.PESSIMISTIC_WRITE);
        requireDecidable(run);
        run.rejectedAt = Instant.now();
        run.rejectedBy = agent;
        run.rejectionReason = reason.strip();
        audit.record(
                AuditAction.TRAINING_RESULT_REJECTED,
                object(run),
                AuditDetails.of(Map.of("reason", run.rejectionReason)));
        return views.one(run);
    }

    @Transactional
    public TrainingRunView takeBackRejection(UUID id) {
        TrainingRun run = find(id, LockModeType.PESSIMISTIC_WRITE);
        if (run.rejectedAt != null) {
            audit.record(AuditAction.TRAINING_REJECTION_TAKEN_BACK, object(run), AuditDetails.none());
        }
        run.rejectedAt = null;
        run.rejectedBy = null;
        run.rejectionReason = null;
        return views.one(run);
    }

    private void requireDecidable(TrainingRun run) {
        if (run.resultModelId == null) {
            throw new Problem(ProblemCode.CONFLICT, "Run " + run.number + " has made no model that could be rejected.");
        }
        if (models.championId().filter(run.resultModelId::equals).isPresent()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The model of run " + run.number + " serves. Promote another one first, then reject it.");
        }
    }

    /** The newest lines of its log after that one, oldest first. */
    @Transactional
    public List<TrainingRunView.LogLine> log(UUID id, long after) {
        find(id, LockModeType.NONE);
        List<Tuple> lines = database.createNativeQuery(
                        "select number, at, attempt, text from training_log where run_id = :run and number > :after"
                                + " order by number desc limit :most",
                        Tuple.class)
                .setParameter("run", id)
                .setParameter("after", after)
                .setParameter("most", RunLog.LINES)
                .getResultList();
        Collections.reverse(lines);
        return lines.stream()
                .map(line -> new TrainingRunView.LogLine(
                        line.get("number", Long.class),
                        line.get("at", Instant.class),
                        line.get("attempt", Integer.class),
                        line.get("text", String.class)))
                .toList();
    }

    /** Nothing during quiet hours, in which no worker takes one. */
    @Transactional
    Optional<TrainingRunView> nextQueued() {
        Instant now = Instant.now();
        if (TrainingSchedule.get()
                .quietHours()
                .filter(hours -> hours.holdAt(now))
                .isPresent()) {
            return Optional.empty();
        }
        return TrainingRun.<TrainingRun>find("state", Sort.by("createdAt"), RunState.QUEUED)
                .firstResultOptional()
                .map(views::one);
    }

    /**
     * Gives up workers that were not heard of: their runs are queued again, or fail after the last attempt.
     *
     * @param ended a worker of this node that is known to have ended, or null
     */
    @Transactional
    void giveUpDeadWorkers(String ended) {
        List<Tuple> given = database.createNativeQuery("""
                        update training_run set
                            status = case when cancel_requested then :cancelled
                                          when attempt >= :attempts then :failed else :queued end,
                            error_code = case when cancel_requested or attempt < :attempts then null
                                              else 'worker-died' end,
                            error = case when cancel_requested or attempt < :attempts then null
                                else 'The training process ended ' || attempt || ' times without a result. It may have'
                                     ' run out of memory; its log is in the folder training of the data directory.' end,
                            finished_at = case when cancel_requested or attempt >= :attempts then now() end,
                            worker = null, heartbeat_at = null, seconds_left = null, phase = null
                        where status = :running
                          and (worker = cast(:ended as text) or heartbeat_at < now() - make_interval(secs => :seconds))
                        returning id, attempt, status
                        """, Tuple.class)
                .setParameter("running", RunState.RUNNING.wireName())
                .setParameter(
                        "cancelled", RunState.RUNNING.to(RunState.CANCELLED).wireName())
                .setParameter("failed", RunState.RUNNING.to(RunState.FAILED).wireName())
                .setParameter("queued", RunState.RUNNING.to(RunState.QUEUED).wireName())
                .setParameter("attempts", config.attempts())
                .setParameter("ended", ended)
                .setParameter("seconds", (double) config.deadAfter().toSeconds())
                .getResultList();
        for (Tuple run : given) {
            LOG.warnf(
                    "A training worker died%s; its run is %s now",
                    ended == null ? "" : ": " + ended, run.get("status", String.class));
            noteDeath(run.get("id", UUID.class), run.get("attempt", Integer.class), run.get("status", String.class));
        }
    }

    private void noteDeath(UUID run, int attempt, String now) {
        database.doWork(connection -> RunLog.append(
                connection, run, attempt, List.of("The process of attempt " + attempt + " died; the run is " + now)));
    }

    @Override
    @Transactional
    public Optional<UUID> newestLearned() {
        return database.createNativeQuery(
                        "select dataset_id from training_run where status = :succeeded and measured_model_id is null"
                                + " order by finished_at desc, number desc limit 1",
                        UUID.class)
                .setParameter("succeeded", RunState.SUCCEEDED.wireName())
                .uniqueResultOptional();
    }

    /** What the newest comparison of two models came to, whoever started it. */
    @Transactional
    public Optional<RunVerdict> newestVerdict() {
        return database.createNativeQuery(
                        "select number, finished_at, metrics ->> 'verdict' as verdict from training_run"
                                + " where status = :succeeded and metrics ->> 'verdict' is not null"
                                + " order by finished_at desc, number desc limit 1",
                        Tuple.class)
                .setParameter("succeeded", RunState.SUCCEEDED.wireName())
                .uniqueResultOptional()
                .map(row -> new RunVerdict(
                        row.get("number", Long.class),
                        row.get("finished_at", Instant.class),
                        row.get("verdict", String.class)));
    }

    /** A run whose worker never came as far as claiming it. */
    @Transactional
    void failUnstarted(UUID id, String lastWords) {
        database.createNativeMutationQuery(
                        "update training_run set status = :failed, error_code = 'worker-not-started',"
                                + " error = :error, finished_at = now() where id = :id and status = :queued")
                .setParameter("queued", RunState.QUEUED.wireName())
                .setParameter("failed", RunState.QUEUED.to(RunState.FAILED).wireName())
                .setParameter(
                        "error",
                        "The training process could not be started. It said: " + lastWords
                                + " (The whole log is in the folder training of the data directory.)")
                .setParameter("id", id)
                .executeUpdate();
    }

    private void recordStart(TrainingRun run, DatasetVersionView dataset) {
        AuditDetails details = AuditDetails.of(Map.of(
                "dataset", dataset.number(),
                "train", dataset.train(),
                "dev", dataset.dev(),
                "test", dataset.test()));
        if (run.trigger.equals(SCHEDULE)) {
            audit.record(Actor.SCHEDULE, AuditAction.TRAINING_STARTED, object(run), details);
        } else {
            audit.record(AuditAction.TRAINING_STARTED, object(run), details);
        }
    }

    private void recordCancel(TrainingRun run) {
        audit.record(
                AuditAction.TRAINING_CANCELLED,
                object(run),
                AuditDetails.of(Map.of("step", run.step, "steps", run.steps)));
    }

    private static AuditObject object(TrainingRun run) {
        return AuditObject.numbered(AuditObject.Kind.TRAINING_RUN, run.id, run.number);
    }

    private TrainingRun find(UUID id, LockModeType lock) {
        return TrainingRun.<TrainingRun>findByIdOptional(id, lock).orElseThrow(() -> Problem.notFound("training run"));
    }

    static Problem alreadyActive(TrainingRun run) {
        String state = run.state == RunState.QUEUED ? "is waiting for a worker" : "is running";
        return new Problem(
                ProblemCode.ALREADY_RUNNING, "Run " + run.number + " " + state + ". Wait for it, or cancel it first.");
    }
}
