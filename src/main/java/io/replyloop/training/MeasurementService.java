package io.replyloop.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelSummary;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

/**
 * Measuring two models beside each other without training any, such as one that was uploaded. It is a run like any other
 * to its worker, and to nobody who asks what was learned.
 */
@ApplicationScoped
public class MeasurementService {
    private static final Logger LOG = Logger.getLogger(MeasurementService.class);

    private final Session database;
    private final ModelRegistry models;
    private final DatasetService datasets;
    private final RunViews views;
    private final ObjectMapper json;
    private final AuditLog audit;

    MeasurementService(
            Session database,
            ModelRegistry models,
            DatasetService datasets,
            RunViews views,
            ObjectMapper json,
            AuditLog audit) {
        this.database = database;
        this.models = models;
        this.datasets = datasets;
        this.views = views;
        this.json = json;
        this.audit = audit;
    }

    /**
     * Freezes the examples, so that the newest test questions count, and queues a run that only measures.
     *
     * @param against null for the one that serves
     */
    @Transactional
    public TrainingRunView start(UUID model, UUID against, UUID agent) {
        ModelSummary measured = withFiles(model);
        ModelSummary other = withFiles(against == null ? champion() : against);
        if (measured.id().equals(other.id())) {
            throw Problem.ofField(
                    "against",
                    FieldRule.WRONG,
                    "Model " + measured.number() + " cannot be measured against itself. Choose another one.");
        }
        TrainingRun.active().ifPresent(active -> {
            throw TrainingService.alreadyActive(active);
        });
        DatasetVersionView snapshot = datasets.freeze(1);
        database.doReturningWork(connection -> TestQuestions.of(connection, snapshot.id()))
                .require();
        // Promotions wait no longer than this; and no file is removed between this look at it and the run that keeps
        // it.
        models.lock();
        withFiles(measured.id());
        withFiles(other.id());
        TrainingRun run = TrainingRun.queued(TrainingService.MANUAL, agent);
        run.baseModelId = other.id();
        run.measuredModelId = measured.id();
        run.datasetId = snapshot.id();
        run.options = json.valueToTree(TrainingOptions.DEFAULTS);
        // The longest time is one of learning; measuring is never cut.
        run.cores = TrainingSchedule.get().limits().cores();
        // Also for a server of the version before, which would look for a model to promote.
        run.promotion = PromotionService.BY_HAND;
        try {
            run.persistAndFlush();
        } catch (ConstraintViolationException another) {
            throw new Problem(ProblemCode.ALREADY_RUNNING, "Another run was started at the same moment.", another);
        }
        audit.record(
                AuditAction.TRAINING_MEASUREMENT_STARTED,
                AuditObject.numbered(AuditObject.Kind.TRAINING_RUN, run.id, run.number),
                AuditDetails.of(
                        Map.of("model", measured.number(), "against", other.number(), "dataset", snapshot.number())));
        LOG.infof(
                "Run %d queued: it measures model %d against model %d", run.number, measured.number(), other.number());
        return views.one(run);
    }

    private UUID champion() {
        return models.championId()
                .orElseThrow(() -> new Problem(
                        ProblemCode.NO_MODEL,
                        "No model serves yet that could be measured against. Name another one, or promote one first."));
    }

    private ModelSummary withFiles(UUID id) {
        ModelSummary model = models.summary(id);
        if (model.filesRemovedAt() != null) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The files of model " + model.number() + " were removed by the rule for old models. Upload them"
                            + " again, or choose another model.");
        }
        return model;
    }
}
