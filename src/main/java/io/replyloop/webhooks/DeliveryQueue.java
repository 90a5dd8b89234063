package io.replyloop.webhooks;

import io.replyloop.identity.SealedSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;

/**
 * The outbox as those see it who send. One node at a time is at a conversation, with a claim that runs out if it dies; it
 * sends what comes first and nothing else until that is delivered or given up. That is the whole order: within a
 * conversation, over retries, nodes and restarts. No transaction is open while something is sent. All times are the
 * database's.
 */
@ApplicationScoped
@Transactional
class DeliveryQueue {
    /** Beyond the deadline of a request: looking up the name, and storing what came of it. */
    private static final Duration SLACK = Duration.ofSeconds(20);

    /** A receiver that has taken nothing for so long was down; what waits for it is tried at once when it is back. */
    private static final double DOWN_SECONDS = 30;

    private static final String MINE = " where webhook_id = :webhook and stream = :stream and claim = :claim";

    private final Session database;
    private final SealedSecrets seals;
    private final WebhooksConfig config;
    private final BackOff backOff;

    DeliveryQueue(Session database, SealedSecrets seals, WebhooksConfig config) {
        this.database = database;
        this.seals = seals;
        this.config = config;
        backOff = new BackOff(config.backOff());
    }

    /** A webhook for which something is to be sent. */
    record Ready(UUID webhook, boolean down) {}

    /** @param attempts that have failed so far */
    record Due(UUID webhook, UUID stream, UUID claim, long number, int attempts, Sending sending) {}

    /**
     * @param state of what was sent; null where the claim had been lost, and nothing was stored
     * @param next of the same conversation, under the same claim
     * @param recovered whether the receiver was down before
     */
    record Settled(DeliveryState state, Optional<Due> next, boolean recovered) {}

    record Backlog(long waiting, double oldestSeconds) {}

    List<Ready> ready() {
        return database
                .createNativeQuery(
                        "select w.id, coalesce(w.failing_since < now() - make_interval(secs => :down), false) as down"
                                + " from webhook w where w.enabled and w.deleted_at is null and exists (select from"
                                + " webhook_stream s where s.webhook_id = w.id and s.next_at <= now())",
                        Tuple.class)
                .setParameter("down", DOWN_SECONDS)
                .getResultList()
                .stream()
                .map(row -> new Ready(row.get("id", UUID.class), row.get("down", Boolean.class)))
                .toList();
    }

    /** The first of each of so many conversations, the longest due before others. */
    List<Due> claim(UUID webhook, int most) {
        UUID claim = UUID.randomUUID();
        List<UUID> streams = database.createNativeQuery(
                        "with due as (select stream from webhook_stream where webhook_id = :webhook"
                                + " and next_at <= now() order by next_at limit :most for update skip locked)"
                                + " update webhook_stream s set claim = :claim,"
                                + " next_at = now() + make_interval(secs => :lease)"
                                + " from due where s.webhook_id = :webhook and s.stream = due.stream returning s.stream",
                        UUID.class)
                .setParameter("webhook", webhook)
                .setParameter("most", most)
                .setParameter("claim", claim)
                .setParameter("lease", lease())
                .getResultList();
        List<Due> claimed = new ArrayList<>();
        streams.forEach(stream -> firstOrRelease(webhook, stream, claim).ifPresent(claimed::add));
        return claimed;
    }

    /**
     * Stores what came of it.
     *
     * @param goesOn whether the next of the conversation is to be sent under the same claim
     */
    Settled settle(Due due, Answer answer, boolean goesOn) {
        if (mine("update webhook_stream set next_at = now() + make_interval(secs => :lease)", due)
                        .setParameter("lease", lease())
                        .executeUpdate()
                == 0) {
            return new Settled(null, Optional.empty(), false);
        }
        DeliveryState state = store(due, answer);
        boolean recovered = answer.delivered() && succeeded(due.webhook());
        if (!answer.delivered()) {
            failed(due.webhook());
        }
        Optional<Due> next = Optional.empty();
        if (state == DeliveryState.WAITING) {
            putOff(due, answer);
        } else if (goesOn) {
            next = firstOrRelease(due.webhook(), due.stream(), due.claim());
        } else {
            release(due.webhook(), due.stream(), due.claim());
        }
        return new Settled(state, next, recovered);
    }

    /** Whatever waits of this webhook is due now, except what some node is at. */
    void resume(UUID webhook) {
        database.createNativeMutationQuery("update webhook_stream set next_at = now()"
                        + " where webhook_id = :webhook and next_at > now() and claim is null")
                .setParameter("webhook", webhook)
                .executeUpdate();
    }

    Backlog backlog() {
        Tuple row = database.createNativeQuery(
                        "select count(*) as waiting,"
                                + " cast(coalesce(extract(epoch from now() - min(since)), 0) as double precision) as age"
                                + " from webhook_delivery where state = 'waiting'",
                        Tuple.class)
                .getSingleResult();
        return new Backlog(row.get("waiting", Long.class), row.get("age", Double.class));
    }

    private DeliveryState store(Due due, Answer answer) {
        // An erasure may have taken it away meanwhile.
        return database
                .createNativeQuery(
                        "update webhook_delivery set attempts = attempts + 1, tried_at = now(),"
                                + " status = cast(:status as integer), failure = cast(:failure as text),"
                                + " answer = cast(:answer as text), millis = :millis,"
                                + " state = case when :delivered then 'delivered' when :gone"
                                + " or since < now() - make_interval(secs => :tried) then 'dead' else 'waiting' end"
                                + " where number = :number returning state",
                        String.class)
                .setParameter("status", answer.status())
                .setParameter(
                        "failure",
                        answer.failure() == null ? null : answer.failure().wireName())
                .setParameter("answer", answer.text())
                .setParameter("millis", answer.millis())
                .setParameter("delivered", answer.delivered())
                .setParameter("gone", answer.gone())
                .setParameter("tried", seconds(config.triedFor()))
                .setParameter("number", due.number())
                .getResultList()
                .stream()
                .findFirst()
                .map(DeliveryState::named)
                .orElse(DeliveryState.DEAD);
    }

    /** @return whether the receiver was down; said once, to whoever sees it first */
    private boolean succeeded(UUID webhook) {
        int recovered = database.createNativeMutationQuery("update webhook set failing_since = null,"
                        + " delivered_at = now() where id = :webhook and failing_since < now()"
                        + " - make_interval(secs => :down)")
                .setParameter("webhook", webhook)
                .setParameter("down", DOWN_SECONDS)
                .executeUpdate();
        if (recovered == 0) {
            // Not with every delivery: all that are being made would wait for each other at this row.
            database.createNativeMutationQuery("update webhook set failing_since = null, delivered_at = now()"
                            + " where id = :webhook and (failing_since is not null or delivered_at is null"
                            + " or delivered_at < now() - interval '5 s')")
                    .setParameter("webhook", webhook)
                    .executeUpdate();
        }
        return recovered > 0;
    }

    private void failed(UUID webhook) {
        database.createNativeMutationQuery("update webhook set failing_since = coalesce(failing_since, now()),"
                        + " failed_at = now() where id = :webhook")
                .setParameter("webhook", webhook)
                .executeUpdate();
    }

    private void putOff(Due due, Answer answer) {
        Duration pause =
                backOff.after(due.attempts() + 1, ThreadLocalRandom.current().nextDouble(), answer.pause());
        mine("update webhook_stream set claim = null, next_at = now() + make_interval(secs => :pause)", due)
                .setParameter("pause", seconds(pause))
                .executeUpdate();
    }

    private Optional<Due> firstOrRelease(UUID webhook, UUID stream, UUID claim) {
        Optional<Due> first = first(webhook, stream, claim);
        if (first.isEmpty()) {
            release(webhook, stream, claim);
        }
        return first;
    }

    private Optional<Due> first(UUID webhook, UUID stream, UUID claim) {
        return database.createNativeQuery(
                        "select d.number, d.id, d.body, d.attempts, w.url, w.secret,"
                                + " case when w.previous_until > now() then w.previous_secret end as previous"
                                + " from webhook_delivery d join webhook w on w.id = d.webhook_id"
                                + " where d.webhook_id = :webhook and d.stream = :stream and d.state = 'waiting'"
                                + " and w.enabled and w.deleted_at is null order by d.sequence limit 1",
                        Tuple.class)
                .setParameter("webhook", webhook)
                .setParameter("stream", stream)
                .getResultStream()
                .findFirst()
                .map(row -> new Due(
                        webhook,
                        stream,
                        claim,
                        row.get("number", Long.class),
                        row.get("attempts", Integer.class),
                        new Sending(
                                row.get("id", UUID.class),
                                row.get("url", String.class),
                                row.get("body", String.class),
                                secrets(webhook, row.get("secret", byte[].class), row.get("previous", byte[].class)))));
    }

    private List<WebhookSecret> secrets(UUID webhook, byte[] present, byte[] previous) {
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(new WebhookSecret(seals.open(webhook, present)));
        if (previous != null) {
            secrets.add(new WebhookSecret(seals.open(webhook, previous)));
        }
        return secrets;
    }

    /** Whoever writes into it waits for this lock, so nothing that comes meanwhile is left lying. */
    private void release(UUID webhook, UUID stream, UUID claim) {
        database.createNativeMutationQuery("update webhook_stream s set claim = null, next_at = case when exists"
                        + " (select from webhook_delivery d where d.webhook_id = s.webhook_id and d.stream = s.stream"
                        + " and d.state = 'waiting') then now() end" + MINE)
                .setParameter("webhook", webhook)
                .setParameter("stream", stream)
                .setParameter("claim", claim)
                .executeUpdate();
    }

    private MutationQuery mine(String statement, Due due) {
        return database.createNativeMutationQuery(statement + MINE)
                .setParameter("webhook", due.webhook())
                .setParameter("stream", due.stream())
                .setParameter("claim", due.claim());
    }

    private double lease() {
        return seconds(config.deadline().plus(SLACK));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
