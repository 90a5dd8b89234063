package io.replyloop.webhooks;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * What time does to webhooks: events become dead letters, the log is forgotten, a webhook that nobody listens to is switched
 * off, and of a deleted one everything goes. In small transactions, and on several nodes at once without harm.
 */
@ApplicationScoped
public class WebhookUpkeep {
    private static final Logger LOG = Logger.getLogger(WebhookUpkeep.class);
    private static final int BATCH = 5_000;

    private final Session database;
    private final WebhooksConfig config;
    private final AuditLog audit;
    private final WebhookUpkeep self;

    WebhookUpkeep(Session database, WebhooksConfig config, AuditLog audit, WebhookUpkeep self) {
        this.database = database;
        this.config = config;
        this.audit = audit;
        this.self = self;
    }

    @Scheduled(
            every = "${replyloop.webhooks.upkeep:10m}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(self::all, LOG, "webhooks are tidied up later");
    }

    /** Each step is a transaction of its own, or several. */
    void all() {
        self.giveUpReceivers();
        self.giveUpEvents();
        repeated(() -> self.forget(DeliveryState.DELIVERED, config.kept()));
        repeated(() -> self.forget(DeliveryState.DEAD, config.deadKept()));
        repeated(self::forgetDeliveriesOfDeleted);
        repeated(self::forgetStreamsOfDeleted);
        self.forgetDeleted();
    }

    private static void repeated(Batch batch) {
        while (batch.deleted() == BATCH) {
            LOG.debug("One more batch of old deliveries");
        }
    }

    private interface Batch {
        int deleted();
    }

    /** A receiver that is tried, and has taken nothing for days, is not coming back by itself. */
    @Transactional
    void giveUpReceivers() {
        List<Tuple> given = database.createNativeQuery(
                        "update webhook set enabled = false, off_because = 'failing' where enabled"
                                + " and failing_since < now() - make_interval(secs => :most)"
                                + " and failed_at > now() - interval '1 day' returning id, name",
                        Tuple.class)
                .setParameter("most", DeliveryQueue.seconds(config.offAfter()))
                .getResultList();
        for (Tuple webhook : given) {
            UUID id = webhook.get("id", UUID.class);
            LOG.warnf("Webhook %s was switched off: its receiver has taken nothing for %s", id, config.offAfter());
            audit.record(
                    Actor.SYSTEM,
                    AuditAction.WEBHOOK_SWITCHED_OFF,
                    AuditObject.of(AuditObject.Kind.WEBHOOK, id, webhook.get("name", String.class)),
                    AuditDetails.between(Map.of("enabled", true), Map.of("enabled", false)));
        }
    }

    /** Whatever has waited for a day and an hour where nothing is sent, or nothing taken; elsewhere it is being tried. */
    @Transactional
    void giveUpEvents() {
        database.createNativeMutationQuery("update webhook_delivery d set state = 'dead' from webhook w"
                        + " where d.state = 'waiting' and w.id = d.webhook_id"
                        + " and d.since < now() - make_interval(secs => :tried) - interval '1 hour'"
                        + " and (not w.enabled or w.failing_since < now() - interval '1 hour')"
                        + " and not exists (select from webhook_stream s where s.webhook_id = d.webhook_id"
                        + " and s.stream = d.stream and s.claim is not null"
                        // Of a node that has died, a claim stays where nothing is sent any more.
                        + " and s.next_at > now())")
                .setParameter("tried", DeliveryQueue.seconds(config.triedFor()))
                .executeUpdate();
        database.createNativeMutationQuery("update webhook set previous_secret = null, previous_until = null"
                        + " where previous_until < now()")
                .executeUpdate();
    }

    @Transactional
    int forget(DeliveryState state, Duration after) {
        return database.createNativeMutationQuery("delete from webhook_delivery where number in (select number from"
                        + " webhook_delivery where state = :state and coalesce(tried_at, created_at) < now()"
                        + " - make_interval(secs => :after) and created_at < now() - make_interval(secs => :after)"
                        + " order by created_at limit :batch for update skip locked)")
                .setParameter("state", state.wireName())
                .setParameter("after", DeliveryQueue.seconds(after))
                .setParameter("batch", BATCH)
                .executeUpdate();
    }

    @Transactional
    int forgetDeliveriesOfDeleted() {
        return database.createNativeMutationQuery("delete from webhook_delivery where number in (select d.number from"
                        + " webhook w join webhook_delivery d on d.webhook_id = w.id where w.deleted_at is not null"
                        + " limit :batch for update of d skip locked)")
                .setParameter("batch", BATCH)
                .executeUpdate();
    }

    @Transactional
    int forgetStreamsOfDeleted() {
        return database.createNativeMutationQuery("delete from webhook_stream where (webhook_id, stream) in (select"
                        + " s.webhook_id, s.stream from webhook w join webhook_stream s on s.webhook_id = w.id"
                        + " where w.deleted_at is not null limit :batch for update of s skip locked)")
                .setParameter("batch", BATCH)
                .executeUpdate();
    }

    /** A day later: until then a transaction that had seen it may still write something for it. */
    @Transactional
    void forgetDeleted() {
        database.createNativeMutationQuery("delete from webhook w where deleted_at < now() - interval '1 day'"
                        + " and not exists (select from webhook_delivery d where d.webhook_id = w.id)"
                        + " and not exists (select from webhook_stream s where s.webhook_id = w.id)")
                .executeUpdate();
    }
}
