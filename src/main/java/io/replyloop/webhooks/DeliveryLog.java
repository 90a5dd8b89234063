package io.replyloop.webhooks;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** What was sent, and what became of it; and what is to be sent again. */
@ApplicationScoped
@Transactional
class DeliveryLog {
    /** Dead letters that one request brings back. */
    private static final int MOST = 10_000;

    /** The first of a conversation that waits is the one that is due when the conversation is. */
    private static final String LINE = "select d.number, d.id, d.kind, d.stream, d.sequence, d.state, d.created_at,"
            + " d.attempts, d.tried_at, d.status, d.failure, d.millis, d.body, d.answer,"
            + " case when d.state = 'waiting' and s.claim is null and not exists (select from webhook_delivery e"
            + " where e.webhook_id = d.webhook_id and e.stream = d.stream and e.state = 'waiting'"
            + " and e.sequence < d.sequence) then s.next_at end as next_at"
            + " from webhook_delivery d left join webhook_stream s on s.webhook_id = d.webhook_id"
            + " and s.stream = d.stream where d.webhook_id = :webhook";

    private final Session database;
    private final Webhooks webhooks;
    private final AuditLog audit;
    private final Event<DeliveriesWritten> written;

    DeliveryLog(Session database, Webhooks webhooks, AuditLog audit, Event<DeliveriesWritten> written) {
        this.database = database;
        this.webhooks = webhooks;
        this.audit = audit;
        this.written = written;
    }

    /**
     * The newest first.
     *
     * @param state null for all
     */
    Page<DeliveryView> page(UUID webhook, String state, String after, Integer limit) {
        webhooks.get(webhook);
        int size = Page.limit(limit);
        long before = after == null ? Long.MAX_VALUE : number(Cursor.decode(after, 1));
        String which = state == null
                ? ""
                : " and d.state = '" + DeliveryState.named(state).wireName() + "'";
        List<Tuple> rows = database.createNativeQuery(
                        LINE + which + " and d.number < :before order by d.number desc limit :size", Tuple.class)
                .setParameter("webhook", webhook)
                .setParameter("before", before)
                .setParameter("size", size + 1)
                .getResultList();
        List<Tuple> page = rows.subList(0, Math.min(size, rows.size()));
        return new Page<>(
                page.stream().map(DeliveryLog::view).toList(),
                rows.size() > size
                        ? Cursor.encode(page.get(page.size() - 1)
                                .get("number", Long.class)
                                .toString())
                        : null);
    }

    DeliveryDetails details(UUID webhook, UUID id) {
        return find(webhook, id).map(DeliveryLog::details).orElseThrow(() -> Problem.notFound("delivery"));
    }

    /** In its place: before what waits of the same conversation. With the same id, by which receivers know a repeat. */
    DeliveryDetails repeat(UUID webhook, UUID id) {
        WebhookView of = enabled(webhook);
        Tuple row = find(webhook, id).orElseThrow(() -> Problem.notFound("delivery"));
        if (row.get("kind", String.class).equals(EventType.PING.wireName())) {
            throw new Problem(ProblemCode.CONFLICT, "A test is not sent again; make another one.");
        }
        if (again(webhook, " and d.id = :id and d.state <> 'waiting'", id) > 0) {
            audit.record(AuditAction.WEBHOOK_REPEATED, Webhooks.object(of), AuditDetails.of(Map.of("deliveries", 1)));
        }
        return details(webhook, id);
    }

    /** @return how many; of very many, the oldest */
    int repeatDead(UUID webhook) {
        WebhookView of = enabled(webhook);
        int repeated = again(webhook, " and d.state = 'dead' and d.kind <> 'ping'", null);
        if (repeated > 0) {
            audit.record(
                    AuditAction.WEBHOOK_REPEATED, Webhooks.object(of), AuditDetails.of(Map.of("deliveries", repeated)));
        }
        return repeated;
    }

    private WebhookView enabled(UUID webhook) {
        WebhookView of = webhooks.get(webhook);
        if (!of.enabled()) {
            throw new Problem(ProblemCode.CONFLICT, "This webhook is off. Switch it on first.");
        }
        return of;
    }

    /** Locks the conversations first, as all do that have to do with both. */
    private int again(UUID webhook, String which, UUID id) {
        var streams = database.createNativeQuery(
                        "with chosen as (select distinct stream from (select d.stream from webhook_delivery d"
                                + " where d.webhook_id = :webhook" + which + " order by d.number limit :most) one)"
                                + " select s.stream from webhook_stream s join chosen on chosen.stream = s.stream"
                                + " where s.webhook_id = :webhook order by s.stream for update of s",
                        UUID.class)
                .setParameter("webhook", webhook)
                .setParameter("most", MOST);
        if (id != null) {
            streams.setParameter("id", id);
        }
        UUID[] locked = streams.getResultList().toArray(UUID[]::new);
        var again = database.createNativeMutationQuery("update webhook_delivery set state = 'waiting', attempts = 0,"
                        + " since = now() where number in (select d.number from webhook_delivery d"
                        + " where d.webhook_id = :webhook and d.stream = any(:streams)" + which
                        + " order by d.number limit :most)")
                .setParameter("webhook", webhook)
                .setParameter("streams", locked)
                .setParameter("most", MOST);
        if (id != null) {
            again.setParameter("id", id);
        }
        int repeated = again.executeUpdate();
        database.createNativeMutationQuery("update webhook_stream set next_at = now() where webhook_id = :webhook"
                        + " and stream = any(:streams) and claim is null")
                .setParameter("webhook", webhook)
                .setParameter("streams", locked)
                .executeUpdate();
        written.fire(new DeliveriesWritten());
        return repeated;
    }

    private Optional<Tuple> find(UUID webhook, UUID id) {
        webhooks.get(webhook);
        return database.createNativeQuery(LINE + " and d.id = :id", Tuple.class)
                .setParameter("webhook", webhook)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    private static long number(Cursor cursor) {
        try {
            return Long.parseLong(cursor.parts().get(0));
        } catch (NumberFormatException made) {
            throw Cursor.madeUp(made);
        }
    }

    private static DeliveryDetails details(Tuple row) {
        return new DeliveryDetails(view(row), row.get("body", String.class), row.get("answer", String.class));
    }

    private static DeliveryView view(Tuple row) {
        EventType type = EventType.stored(row.get("kind", String.class));
        String failure = row.get("failure", String.class);
        return new DeliveryView(
                row.get("id", UUID.class),
                type,
                type.isOfConversation() ? row.get("stream", UUID.class) : null,
                row.get("sequence", Long.class),
                DeliveryState.named(row.get("state", String.class)),
                row.get("created_at", Instant.class),
                row.get("attempts", Integer.class),
                row.get("tried_at", Instant.class),
                row.get("next_at", Instant.class),
                row.get("status", Integer.class),
                failure == null ? null : Failure.stored(failure),
                row.get("millis", Long.class));
    }
}
