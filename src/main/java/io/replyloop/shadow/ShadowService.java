package io.replyloop.shadow;

import io.quarkus.panache.common.Sort;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.model.ModelRegistry;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.ranking.Scored;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** Begins and ends shadows, one at a time on all nodes together, and stores what they would have shown. */
@ApplicationScoped
@Transactional
public class ShadowService {
    private static final Logger LOG = Logger.getLogger(ShadowService.class);
    private static final int LONGEST_HOURS = 14 * 24;
    private static final int LISTED = 20;

    private final Session database;
    private final ModelRegistry models;
    private final AuditLog audit;
    private final KeptForAWhile<UUID, ShadowView> ended = new KeptForAWhile<>(LISTED);

    ShadowService(Session database, ModelRegistry models, AuditLog audit) {
        this.database = database;
        this.models = models;
        this.audit = audit;
    }

    List<ShadowView> newest() {
        return Shadow.<Shadow>findAll(Sort.descending("startedAt")).page(0, LISTED).stream()
                .map(this::listed)
                .toList();
    }

    /** Pages ask for the list every few seconds, and of those that have ended hardly anything changes. */
    private ShadowView listed(Shadow shadow) {
        return shadow.endedAt == null ? view(shadow) : ended.get(shadow.id, () -> view(shadow));
    }

    Optional<Shadow> active() {
        return Shadow.active();
    }

    Shadow get(UUID id) {
        return Shadow.<Shadow>findByIdOptional(id).orElseThrow(() -> Problem.notFound("shadow"));
    }

    void requireNone() {
        Shadow.active().ifPresent(other -> {
            throw underWay(models.get(other.modelId).number());
        });
    }

    ShadowView begin(ShadowWish wish, UUID champion, UUID agent) {
        UUID id = UUID.randomUUID();
        int stored = database.createNativeMutationQuery(
                        "insert into shadow (id, model_id, champion_id, started_by, ends_at, decisions)"
                                + " values (:id, :model, :champion, :agent, now() + make_interval(hours => :hours),"
                                + " cast(:decisions as int))"
                                + " on conflict do nothing")
                .setParameter("id", id)
                .setParameter("model", wish.model())
                .setParameter("champion", champion)
                .setParameter("agent", agent)
                .setParameter("hours", wish.hours() == null ? LONGEST_HOURS : wish.hours())
                .setParameter("decisions", wish.decisions())
                .executeUpdate();
        if (stored == 0) {
            requireNone();
            throw new Problem(ProblemCode.CONFLICT, "Another shadow has just ended. Try again.");
        }
        Map<String, Object> details = new HashMap<>();
        details.put("champion", models.get(champion).number());
        details.put("hours", wish.hours());
        details.put("decisions", wish.decisions());
        audit.record(AuditAction.MODEL_SHADOW_STARTED, object(wish.model()), AuditDetails.of(details));
        return view(id);
    }

    ShadowView stop(UUID id, UUID agent) {
        Shadow shadow = get(id);
        if (end(id, EndReason.STOPPED, agent, null)) {
            audit.record(AuditAction.MODEL_SHADOW_ENDED, object(shadow.modelId), details(EndReason.STOPPED));
        }
        return view(id);
    }

    /** Whichever node is first ends it, and says so. */
    void endByItself(UUID id, EndReason reason, String problem) {
        Shadow shadow = get(id);
        if (end(id, reason, null, problem)) {
            audit.record(Actor.SYSTEM, AuditAction.MODEL_SHADOW_ENDED, object(shadow.modelId), details(reason));
            LOG.infof(
                    "Model %d ranks unseen no longer: %s",
                    (Object) models.get(shadow.modelId).number(), reason.wireName());
        }
    }

    private boolean end(UUID id, EndReason reason, UUID agent, String problem) {
        return database.createNativeMutationQuery(
                                "update shadow set ended_at = now(), end_reason = :reason, ended_by = cast(:agent as uuid),"
                                        + " problem = :problem where id = :id and ended_at is null")
                        .setParameter("reason", reason.wireName())
                        .setParameter("agent", agent == null ? null : agent.toString())
                        .setParameter("problem", problem)
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    /** Whether it is time for this one to end. */
    Optional<EndReason> due(Shadow shadow) {
        UUID champion = models.championId().orElse(null);
        if (shadow.modelId.equals(champion)) {
            return Optional.of(EndReason.PROMOTED);
        }
        if (!shadow.championId.equals(champion)) {
            return Optional.of(EndReason.CHAMPION_CHANGED);
        }
        if (!Instant.now().isBefore(shadow.endsAt)) {
            return Optional.of(EndReason.TIME);
        }
        return shadow.decisions != null && decided(shadow.id) >= shadow.decisions
                ? Optional.of(EndReason.DECISIONS)
                : Optional.empty();
    }

    /**
     * Stores what would have been shown, unless the shadow has ended, or the conversation was erased, in the meantime.
     * Does not wait for the disk: what a crash of the database takes back counts as left out.
     */
    void store(UUID shadow, UUID impression, List<Scored> shown, double tookMillis) {
        database.createNativeMutationQuery("""
                        insert into shadow_impression (shadow_id, impression_id, replies, versions, probabilities,
                            took_millis)
                        select s.id, i.id, cast(:replies as uuid[]), cast(:versions as int[]),
                            cast(:probabilities as double precision[]), :took
                        from shadow s, impression i, set_config('synchronous_commit', 'off', true)
                        where s.id = :shadow and s.ended_at is null and i.id = :impression
                        for key share of i
                        on conflict do nothing""")
                .setParameter(
                        "replies",
                        shown.stream().map(one -> one.candidate().reply()).toArray(UUID[]::new))
                .setParameter(
                        "versions",
                        shown.stream().map(one -> one.candidate().version()).toArray(Integer[]::new))
                .setParameter(
                        "probabilities", shown.stream().map(Scored::probability).toArray(Double[]::new))
                .setParameter("took", tookMillis)
                .setParameter("shadow", shadow)
                .setParameter("impression", impression)
                .executeUpdate();
    }

    void addBusy(UUID shadow, long questions) {
        database.createNativeMutationQuery("update shadow set busy = busy + :questions where id = :id")
                .setParameter("questions", questions)
                .setParameter("id", shadow)
                .executeUpdate();
    }

    /** They go with the conversation. */
    void count(@Observes CustomerErasure erasure) {
        erasure.removed(
                "shadow-suggestions",
                number(
                        "select count(*) from shadow_impression s join impression i on i.id = s.impression_id"
                                + " where i.conversation_id = :id",
                        erasure.conversation()));
    }

    private long decided(UUID shadow) {
        return number(
                "select count(*) from shadow_impression s join decision d on d.impression_id = s.impression_id"
                        + " where s.shadow_id = :id and d.outcome <> 'rejected'",
                shadow);
    }

    private long number(String query, UUID id) {
        return database.createNativeQuery(query, Long.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    ShadowView view(UUID id) {
        return view(get(id));
    }

    private ShadowView view(Shadow shadow) {
        // An entity that this transaction has read before may be older than what it has written since.
        database.refresh(shadow);
        long leftOut = number("""
                        select count(*) from shadow s join impression i on i.created_at >= s.started_at
                            and i.created_at < least(coalesce(s.ended_at, now()), now() - interval '20 seconds')
                        where s.id = :id and not exists (select 1 from shadow_impression o
                            where o.shadow_id = s.id and o.impression_id = i.id)""", shadow.id);
        return new ShadowView(
                shadow.id,
                shadow.modelId,
                models.get(shadow.modelId).number(),
                models.get(shadow.championId).number(),
                shadow.startedBy,
                shadow.startedAt,
                shadow.endsAt,
                shadow.decisions,
                shadow.endedAt,
                EndReason.named(shadow.endReason),
                shadow.problem,
                number("select count(*) from shadow_impression where shadow_id = :id", shadow.id),
                decided(shadow.id),
                Math.max(leftOut, shadow.busy),
                shadow.busy);
    }

    private AuditObject object(UUID model) {
        return AuditObject.numbered(
                AuditObject.Kind.MODEL, model, models.get(model).number());
    }

    private static AuditDetails details(EndReason reason) {
        return AuditDetails.of(Map.of("reason", reason.wireName()));
    }

    private static Problem underWay(long number) {
        return new Problem(
                ProblemCode.SHADOW_UNDER_WAY,
                "Model " + number + " ranks unseen at the moment, and only one can. Stop it first, or wait.");
    }
}
