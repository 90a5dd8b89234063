package io.replyloop.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.panache.common.Sort;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.model.ModelRegistry;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * What becomes of a model whose run has ended: an admin decides, or, where an admin has asked for that, one that the gate
 * calls better serves by itself. It is promoted once, on whichever node, and only over the model that it was compared with.
 */
@ApplicationScoped
public class PromotionService {
    private static final Logger LOG = Logger.getLogger(PromotionService.class);
    private static final String BETTER = "better";
    private static final String PROMOTED = "promoted";
    private static final String OVERTAKEN = "overtaken";
    static final String BY_HAND = "by-hand";

    private final Session database;
    private final ModelRegistry models;
    private final PromotionService self;
    private final AuditLog audit;
    private final RunEndings endings;

    PromotionService(
            Session database, ModelRegistry models, PromotionService self, AuditLog audit, RunEndings endings) {
        this.database = database;
        this.models = models;
        this.self = self;
        this.audit = audit;
        this.endings = endings;
    }

    @Transactional
    public PromotionPolicyView policy() {
        return new PromotionPolicyView(PromotionPolicy.only().automatic);
    }

    /** @param agent in whose name models are promoted from now on */
    @Transactional
    public PromotionPolicyView change(PromotionPolicyView wanted, UUID agent) {
        PromotionPolicy policy = PromotionPolicy.only();
        AuditDetails changes =
                AuditDetails.between(Map.of("automatic", policy.automatic), Map.of("automatic", wanted.automatic()));
        if (!changes.isEmpty()) {
            audit.record(
                    AuditAction.TRAINING_PROMOTION_POLICY_CHANGED,
                    AuditObject.theOnly(AuditObject.Kind.PROMOTION_POLICY),
                    changes);
        }
        policy.automatic = wanted.automatic();
        policy.changedBy = agent;
        return new PromotionPolicyView(policy.automatic);
    }

    /** The questions that the models of a run answer differently, those that got worse first. */
    @Transactional
    public List<FlippedCaseView> flipped(UUID run) {
        if (TrainingRun.findByIdOptional(run).isEmpty()) {
            throw Problem.notFound("training run");
        }
        List<Object[]> rows = database.createNativeQuery(
                        "select better, conversation_id, question, cast(content as text) from flipped_case"
                                + " where run_id = :run order by position",
                        Object[].class)
                .setParameter("run", run)
                .getResultList();
        return rows.stream().map(PromotionService::flipped).toList();
    }

    @Scheduled(
            every = "${replyloop.training.promotion-check:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(
                () -> {
                    List<UUID> undecided = self.undecided();
                    announceEndings();
                    undecided.forEach(this::tryToDecide);
                },
                LOG,
                "models of runs are promoted later");
    }

    /** Before any decision: that a model serves is told after the end of the run that has made it. */
    private void announceEndings() {
        try {
            endings.announce();
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.error("The end of runs cannot be announced, and will be tried again", failure);
        }
    }

    /** One that fails keeps no other from being decided. */
    private void tryToDecide(UUID run) {
        try {
            decide(run);
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.errorf(failure, "What becomes of the model of run %s cannot be decided, and will be tried again", run);
        }
    }

    @Transactional
    List<UUID> undecided() {
        return TrainingRun.<TrainingRun>find(
                        "state = ?1 and promotion is null and measuredModelId is null",
                        Sort.by("number"),
                        RunState.SUCCEEDED)
                .stream()
                .map(run -> run.id)
                .toList();
    }

    /** Not in one transaction with the promotion, which reads files and has its own: done twice, it comes to the same. */
    private void decide(UUID id) {
        Candidate candidate = self.candidate(id);
        String promotion = BY_HAND;
        if (candidate.wanted) {
            try {
                boolean serves = models.promoteOver(candidate.champion, candidate.model, candidate.agent);
                promotion = serves ? PROMOTED : OVERTAKEN;
                LOG.infof(
                        "The model of run %d %s",
                        candidate.run,
                        serves
                                ? "is better and serves now"
                                : "is better than one that serves no more; an admin has to decide");
            } catch (Problem unusable) {
                LOG.warnf("The model of run %d is better and cannot serve: %s", candidate.run, unusable.getMessage());
            }
        }
        self.note(id, promotion);
    }

    record Candidate(long run, boolean wanted, UUID champion, UUID model, UUID agent) {}

    @Transactional
    Candidate candidate(UUID id) {
        TrainingRun run = TrainingRun.findById(id);
        PromotionPolicy policy = PromotionPolicy.only();
        JsonNode champion = run.metrics.path("championId");
        boolean wanted = policy.automatic
                && run.rejectedAt == null
                && BETTER.equals(run.metrics.path("verdict").asText())
                && champion.isTextual();
        return new Candidate(
                run.number,
                wanted,
                wanted ? UUID.fromString(champion.asText()) : null,
                run.resultModelId,
                policy.changedBy);
    }

    @Transactional
    void note(UUID id, String promotion) {
        database.createNativeMutationQuery(
                        "update training_run set promotion = :promotion where id = :id and promotion is null")
                .setParameter("promotion", promotion)
                .setParameter("id", id)
                .executeUpdate();
    }

    private static FlippedCaseView flipped(Object[] row) {
        JsonNode content = row[3] == null ? Json.MAPPER.createObjectNode() : Json.stored((String) row[3]);
        return new FlippedCaseView(
                (Boolean) row[0],
                (UUID) row[1],
                (String) row[2],
                content.has("right")
                        ? Json.MAPPER.convertValue(content.get("right"), FlippedCaseView.Reply.class)
                        : null,
                suggestions(content.path("champion")),
                suggestions(content.path("challenger")));
    }

    private static List<FlippedCaseView.Suggestion> suggestions(JsonNode shown) {
        return shown.isMissingNode()
                ? List.of()
                : List.of(Json.MAPPER.convertValue(shown, FlippedCaseView.Suggestion[].class));
    }
}
