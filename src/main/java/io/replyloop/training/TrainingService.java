package io.replyloop.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.panache.common.Sort;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.dataset.ExampleService;
import io.replyloop.dataset.ExampleSummary;
import io.replyloop.dataset.LearnedDataset;
import io.replyloop.model.ModelRegistry;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
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
    private final ExampleService examples;
    private final DatasetService datasets;
    private final TrainingConfig config;
    private final ObjectMapper json;
    private final AuditLog audit;

    TrainingService(
            Session database,
            ModelRegistry models,
            ExampleService examples,
            DatasetService datasets,
            TrainingConfig config,
            ObjectMapper json,
            AuditLog audit) {
        this.database = database;
        this.models = models;
        this.examples = examples;
        this.datasets = datasets;
        this.config = config;
        this.json = json;
        this.audit = audit;
    }

    /** Throws what keeps a run from starting now. */
    private void requireNoObstacle() {
        if (models.championId().isEmpty()) {
            throw new Problem(
                    ProblemCode.NO_MODEL, "No model serves yet that could be trained. Promote one under Models first.");
        }
        Optional<TrainingRun> active = TrainingRun.active();
        if (active.isPresent()) {
            throw alreadyActive(active.get());
        }
        ExampleSummary counts = examples.summary();
        if (counts.total() < config.minimumExamples() || counts.positive() == 0 || counts.negative() == 0) {
            throw new Problem(
                    ProblemCode.TOO_FEW_EXAMPLES,
                    "Training needs at least " + config.minimumExamples()
                            + " labelled examples, with replies that fit and replies that do not. There are "
                            + counts.total() + " (" + counts.positive() + " fit, " + counts.negative()
                            + " do not). Every suggestion that an agent sends, edits or rejects adds some.");
        }
    }

    /** Freezes the examples as they are and queues a run on the model that serves. */
    @Transactional
    public TrainingRunView start(String trigger, UUID agent, TrainingOptions options) {
        return start(trigger, agent, options, false);
    }

    /** @param withoutErased to begin at a model that has learned nothing from customers who were erased */
    @Transactional
    public TrainingRunView start(String trigger, UUID agent, TrainingOptions options, boolean withoutErased) {
        requireNoObstacle();
        Optional<UUID> base = withoutErased ? models.championWithoutErased() : models.championId();
        TrainingRun run = new TrainingRun();
        run.id = UUID.randomUUID();
        run.state = RunState.QUEUED;
        run.trigger = trigger;
        run.requestedBy = agent;
        run.baseModelId = base.orElseThrow(() -> new Problem(
                ProblemCode.NO_MODEL,
                "Every model that the serving one was made from has learned from customers who were erased. Import a model,"
                        + " or promote another one under Models first."));
        DatasetVersionView dataset = datasets.freeze(config.minimumExamples());
        run.datasetId = dataset.id();
        run.options = json.valueToTree(options == null ? TrainingOptions.DEFAULTS : options);
        run.metrics = JsonNodeFactory.instance.objectNode();
        run.createdAt = Instant.now();
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
        return view(run, null);
    }

    @Transactional
    public List<TrainingRunView> runs() {
        return TrainingRun.<TrainingRun>findAll(Sort.descending("number")).page(0, RUNS_SHOWN).stream()
                .map(run -> view(run, null))
                .toList();
    }

    @Transactional
    public TrainingRunView run(UUID id) {
        return view(find(id, LockModeType.NONE), points(id));
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
        return view(run, null);
    }

    @Transactional
    Optional<TrainingRunView> nextQueued() {
        return TrainingRun.<TrainingRun>find("state", Sort.by("createdAt"), RunState.QUEUED)
                .firstResultOptional()
                .map(run -> view(run, null));
    }

    /**
     * Gives up workers that were not heard of: their runs are queued again, or fail after the last attempt.
     *
     * @param ended a worker of this node that is known to have ended, or null
     */
    @Transactional
    void giveUpDeadWorkers(String ended) {
        int changed = database.createNativeMutationQuery("""
                        update training_run set
                            status = case when cancel_requested then :cancelled
                                          when attempt >= :attempts then :failed else :queued end,
                            error_code = case when cancel_requested or attempt < :attempts then null
                                              else 'worker-died' end,
                            error = case when cancel_requested or attempt < :attempts then null
                                else 'The training process ended ' || attempt || ' times without a result. It may have'
                                     ' run out of memory; its log is in the folder training of the data directory.' end,
                            finished_at = case when cancel_requested or attempt >= :attempts then now() end,
                            worker = null, heartbeat_at = null, seconds_left = null
                        where status = :running
                          and (worker = cast(:ended as text) or heartbeat_at < now() - make_interval(secs => :seconds))
                        """)
                .setParameter("running", RunState.RUNNING.wireName())
                .setParameter(
                        "cancelled", RunState.RUNNING.to(RunState.CANCELLED).wireName())
                .setParameter("failed", RunState.RUNNING.to(RunState.FAILED).wireName())
                .setParameter("queued", RunState.RUNNING.to(RunState.QUEUED).wireName())
                .setParameter("attempts", config.attempts())
                .setParameter("ended", ended)
                .setParameter("seconds", (double) config.deadAfter().toSeconds())
                .executeUpdate();
        if (changed > 0) {
            LOG.warnf(
                    "A training worker died%s; its run was given up or queued again",
                    ended == null ? "" : ": " + ended);
        }
    }

    @Override
    @Transactional
    public Optional<UUID> newestLearned() {
        return database.createNativeQuery(
                        "select dataset_id from training_run where status = :succeeded"
                                + " order by finished_at desc, number desc limit 1",
                        UUID.class)
                .setParameter("succeeded", RunState.SUCCEEDED.wireName())
                .uniqueResultOptional();
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

    private static Problem alreadyActive(TrainingRun run) {
        String state = run.state == RunState.QUEUED ? "is waiting for a worker" : "is running";
        return new Problem(
                ProblemCode.ALREADY_RUNNING, "Run " + run.number + " " + state + ". Wait for it, or cancel it first.");
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
                        row[4] == null ? null : tree((String) row[4])))
                .toList();
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A jsonb column held something else than JSON", impossible);
        }
    }

    private TrainingRunView view(TrainingRun run, List<TrainingRunView.Point> points) {
        DatasetVersionView dataset = datasets.version(run.datasetId);
        return new TrainingRunView(
                run.id,
                run.number,
                run.state,
                run.trigger,
                run.requestedBy,
                run.baseModelId,
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
                run.attempt,
                run.cancelRequested,
                run.step,
                run.steps,
                run.secondsLeft,
                run.metrics,
                run.promotion,
                run.error,
                run.errorCode,
                run.createdAt,
                run.startedAt,
                run.finishedAt,
                points);
    }
}
