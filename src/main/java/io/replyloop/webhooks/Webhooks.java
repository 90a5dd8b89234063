package io.replyloop.webhooks;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.SealedSecrets;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;

/** The webhooks that there are. Secrets are sealed, since the server has to sign with them, and shown once. */
@ApplicationScoped
@Transactional
class Webhooks {
    private static final long LOCK = 7_301_169L;

    private static final String STATE = "case when not w.enabled then case when w.off_because is null then 'OFF' else"
            + " 'GIVEN_UP' end when w.failing_since is not null then 'FAILING' when w.delivered_at is null then 'UNUSED'"
            + " else 'DELIVERING' end";

    private static final String COUNTED =
            "(select count(*) from webhook_delivery d where d.webhook_id = w.id" + " and d.state = ";

    private final Session database;
    private final SealedSecrets seals;
    private final AuditLog audit;
    private final WebhooksConfig config;

    Webhooks(Session database, SealedSecrets seals, AuditLog audit, WebhooksConfig config) {
        this.database = database;
        this.seals = seals;
        this.audit = audit;
        this.config = config;
    }

    /** @param secret for the receiver, which is not shown again */
    record Made(WebhookView webhook, String secret) {}

    /** By name. */
    List<WebhookView> list() {
        return views("");
    }

    WebhookView get(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("webhook"));
    }

    private Optional<WebhookView> find(UUID id) {
        return views(" and w.id = '" + id + "'").stream().findFirst();
    }

    private List<WebhookView> views(String which) {
        return database
                .createNativeQuery(
                        "select w.id, w.name, w.url, w.kinds, w.texts, w.enabled, " + STATE + " as state,"
                                + " w.failing_since, w.delivered_at, " + COUNTED + "'waiting') as waiting, " + COUNTED
                                + "'dead' and d.kind <> 'ping') as dead,"
                                + " case when w.previous_until > now() then w.previous_until end as previous_until"
                                + " from webhook w where w.deleted_at is null" + which
                                + " order by lower(w.name), w.id",
                        Tuple.class)
                .getResultList()
                .stream()
                .map(Webhooks::view)
                .toList();
    }

    Made create(WebhookSettings wanted) {
        TransactionLock.hold(database, LOCK);
        long present = database.createNativeQuery("select count(*) from webhook where deleted_at is null", Long.class)
                .getSingleResult();
        if (present >= config.most()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "There are " + config.most() + " webhooks already. Delete one that nothing needs any more.");
        }
        UUID id = UUID.randomUUID();
        WebhookSecret secret = WebhookSecret.random();
        store(
                "insert into webhook (id, name, url, kinds, texts, enabled, secret)"
                        + " values (:id, :name, :url, :kinds, :texts, :enabled, :secret)",
                id,
                wanted,
                seals.seal(id, secret.bytes()));
        WebhookView made = get(id);
        audit.record(AuditAction.WEBHOOK_CREATED, object(made), AuditDetails.of(facts(made)));
        return new Made(made, secret.text());
    }

    /** Again as it is changes nothing. Switched on again, it is taken for one that works. */
    WebhookView change(UUID id, WebhookSettings wanted) {
        lock(id);
        WebhookView before = get(id);
        store(
                "update webhook set name = :name, url = :url, kinds = :kinds, texts = :texts, enabled = :enabled,"
                        + " off_because = case when :enabled or enabled then null else off_because end,"
                        + " failing_since = case when :enabled and not enabled then null else failing_since end"
                        + " where id = :id",
                id,
                wanted,
                null);
        WebhookView after = get(id);
        Map<String, Object> now = facts(after);
        if (!after.url().equals(before.url()) && origin(after).equals(origin(before))) {
            // What follows the host may be a secret of the receiver's; that it is another one is said all the same.
            now.put("path", "replaced");
        }
        AuditDetails changes = AuditDetails.between(facts(before), now);
        if (!changes.isEmpty()) {
            audit.record(AuditAction.WEBHOOK_CHANGED, object(after), changes);
        }
        return after;
    }

    /** @param keepsOld whether the one before signs as well for a day, until the receiver knows the new one */
    Made renew(UUID id, boolean keepsOld) {
        lock(id);
        WebhookSecret secret = WebhookSecret.random();
        database.createNativeMutationQuery("update webhook set"
                        + " previous_secret = case when :keeps then secret end,"
                        + " previous_until = case when :keeps then now() + interval '1 day' end,"
                        + " secret = :secret where id = :id")
                .setParameter("keeps", keepsOld)
                .setParameter("secret", seals.seal(id, secret.bytes()))
                .setParameter("id", id)
                .executeUpdate();
        WebhookView renewed = get(id);
        audit.record(
                AuditAction.WEBHOOK_SECRET_RENEWED,
                object(renewed),
                AuditDetails.of(Map.of("keepsPrevious", keepsOld)));
        return new Made(renewed, secret.text());
    }

    /** With its log, which goes bit by bit; again changes nothing. */
    void delete(UUID id) {
        Optional<WebhookView> webhook = find(id);
        int deleted = database.createNativeMutationQuery("update webhook set deleted_at = now(), enabled = false,"
                        + " url = '', secret = '', previous_secret = null where id = :id and deleted_at is null")
                .setParameter("id", id)
                .executeUpdate();
        if (deleted == 1) {
            webhook.ifPresent(one -> audit.record(AuditAction.WEBHOOK_DELETED, object(one), AuditDetails.none()));
        }
    }

    /** A test, which is not in the outbox: it is sent at once, and once. */
    Sending ping(UUID id) {
        Tuple row = database.createNativeQuery(
                        "select name, url, secret, case when previous_until > now() then previous_secret end as previous"
                                + " from webhook where id = :id and deleted_at is null",
                        Tuple.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("webhook"));
        byte[] previous = row.get("previous", byte[].class);
        WebhookSecret present = new WebhookSecret(seals.open(id, row.get("secret", byte[].class)));
        List<WebhookSecret> secrets =
                previous == null ? List.of(present) : List.of(present, new WebhookSecret(seals.open(id, previous)));
        String body = WebhookBodies.envelope(
                EventType.PING, Instant.now(), 0, WebhookBodies.ping(id, row.get("name", String.class)));
        return new Sending(UUID.randomUUID(), row.get("url", String.class), body, secrets);
    }

    void logPing(UUID id, Sending sent, Answer answer) {
        database.createNativeMutationQuery(
                        "insert into webhook_delivery (id, webhook_id, stream, sequence, kind, body,"
                                + " state, attempts, tried_at, status, failure, answer, millis) select :id, w.id, w.id, 0,"
                                + " 'ping', :body, :state, 1, now(), cast(:status as integer), cast(:failure as text),"
                                + " cast(:answer as text), :millis from webhook w where w.id = :webhook and w.deleted_at is null")
                .setParameter("id", sent.id())
                .setParameter("body", sent.body())
                .setParameter("state", (answer.delivered() ? DeliveryState.DELIVERED : DeliveryState.DEAD).wireName())
                .setParameter("status", answer.status())
                .setParameter(
                        "failure",
                        answer.failure() == null ? null : answer.failure().wireName())
                .setParameter("answer", answer.text())
                .setParameter("millis", answer.millis())
                .setParameter("webhook", id)
                .executeUpdate();
    }

    private void lock(UUID id) {
        database.createNativeQuery(
                        "select id from webhook where id = :id and deleted_at is null for no key update", UUID.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("webhook"));
    }

    private void store(String statement, UUID id, WebhookSettings wanted, byte[] secret) {
        var query = database.createNativeMutationQuery(statement)
                .setParameter("id", id)
                .setParameter("name", wanted.name().strip())
                .setParameter("url", wanted.url().strip())
                .setParameter("kinds", names(wanted.types()).toArray(String[]::new))
                .setParameter("texts", wanted.texts().wireName())
                .setParameter("enabled", wanted.enabled());
        if (secret != null) {
            query.setParameter("secret", secret);
        }
        query.executeUpdate();
    }

    private static Map<String, Object> facts(WebhookView webhook) {
        return new HashMap<>(Map.of(
                "name",
                webhook.name(),
                "origin",
                origin(webhook),
                "events",
                names(webhook.types()),
                "texts",
                webhook.texts().wireName(),
                "enabled",
                webhook.enabled()));
    }

    /** What of the address is no secret. */
    private static String origin(WebhookView webhook) {
        URI address = WebhookAddresses.parsed(webhook.url());
        return address.getScheme() + "://" + address.getAuthority();
    }

    private static List<String> names(Collection<EventType> types) {
        return new TreeSet<>(types).stream().map(EventType::wireName).toList();
    }

    private static WebhookView view(Tuple row) {
        return new WebhookView(
                row.get("id", UUID.class),
                row.get("name", String.class),
                row.get("url", String.class),
                Arrays.stream(row.get("kinds", String[].class))
                        .map(EventType::stored)
                        .sorted()
                        .toList(),
                Texts.named(row.get("texts", String.class)),
                row.get("enabled", Boolean.class),
                WebhookView.State.valueOf(row.get("state", String.class)),
                row.get("failing_since", Instant.class),
                row.get("delivered_at", Instant.class),
                row.get("waiting", Long.class),
                row.get("dead", Long.class),
                row.get("previous_until", Instant.class));
    }

    static AuditObject object(WebhookView webhook) {
        return AuditObject.of(AuditObject.Kind.WEBHOOK, webhook.id(), webhook.name());
    }
}
