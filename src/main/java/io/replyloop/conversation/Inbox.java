package io.replyloop.conversation;

import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads conversations as lines of a list: one statement for a whole page, names included. Never loads the entity, which
 * belongs to whoever holds its lock.
 */
@ApplicationScoped
class Inbox {
    // The marks of each side are translated into the other side's numbering, which differs by the notes in between.
    private static final String SNAPSHOT = """
            select c.id, c.status, c.customer_id, k.name as customer_name, c.assignee_id, a.name as assignee_name,
                   c.last_sequence, c.last_public_sequence, c.last_text, c.last_author, c.updated_at, c.waiting_since,
                   c.created_at, c.customer_read, c.agent_read,
                   coalesce((select e.sequence from conversation_event e
                              where e.conversation_id = c.id and e.public_sequence = c.customer_read), 0)
                       as customer_read_sequence,
                   coalesce((select max(e.public_sequence) from conversation_event e
                              where e.conversation_id = c.id and e.sequence <= c.agent_read), 0) as agent_read_public
              from conversation c
              join customer k on k.id = c.customer_id
              left join agent_account a on a.id = c.assignee_id
            """;

    private final EntityManager entities;

    Inbox(EntityManager entities) {
        this.entities = entities;
    }

    List<ConversationSnapshot> snapshots(List<UUID> conversations) {
        if (conversations.isEmpty()) {
            return List.of();
        }
        return list(entities.createNativeQuery(SNAPSHOT + " where c.id = any(:ids)", Tuple.class)
                .setParameter("ids", conversations.toArray(UUID[]::new)));
    }

    Optional<ConversationSnapshot> snapshotOfCustomer(UUID customerId) {
        return list(entities.createNativeQuery(SNAPSHOT + " where c.customer_id = :customer", Tuple.class)
                        .setParameter("customer", customerId))
                .stream()
                .findFirst();
    }

    List<ConversationNumbers> numbers(List<UUID> conversations) {
        List<ConversationNumbers> numbers = new ArrayList<>();
        List<?> rows = entities.createNativeQuery(
                        "select id, last_sequence, last_public_sequence from conversation where id = any(:ids)",
                        Tuple.class)
                .setParameter("ids", conversations.toArray(UUID[]::new))
                .getResultList();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            numbers.add(new ConversationNumbers(
                    row.get("id", UUID.class),
                    row.get("last_sequence", Long.class),
                    row.get("last_public_sequence", Long.class)));
        }
        return numbers;
    }

    Page<ConversationSummary> page(InboxQuery asked) {
        StringBuilder sql = new StringBuilder(SNAPSHOT).append(" where true");
        if (asked.status() != null) {
            sql.append(" and c.status = :status");
        }
        if (asked.unassigned()) {
            sql.append(" and c.assignee_id is null");
        } else if (asked.assignee() != null) {
            sql.append(" and c.assignee_id = :assignee");
        }
        if (asked.cursor() != null) {
            sql.append(" and (c.updated_at < :at or (c.updated_at = :at and c.id > :id))");
        }
        sql.append(" order by c.updated_at desc, c.id limit :limit");

        Query query = entities.createNativeQuery(sql.toString(), Tuple.class);
        if (asked.status() != null) {
            query.setParameter("status", asked.status().wireName());
        }
        if (!asked.unassigned() && asked.assignee() != null) {
            query.setParameter("assignee", asked.assignee());
        }
        if (asked.cursor() != null) {
            Cursor cursor = Cursor.decode(asked.cursor(), 2);
            query.setParameter("at", instant(cursor.parts().get(0)));
            query.setParameter("id", uuid(cursor.parts().get(1)));
        }
        query.setParameter("limit", asked.limit() + 1);
        return page(list(query), asked.limit());
    }

    ConversationCounts counts(UUID agent) {
        Tuple row = (Tuple) entities.createNativeQuery("""
                        select count(*) filter (where status = 'open' and assignee_id = :agent) as mine,
                               count(*) filter (where status = 'open' and assignee_id is null) as unassigned,
                               count(*) filter (where status = 'open') as open,
                               count(*) filter (where status = 'resolved') as resolved
                          from conversation
                        """, Tuple.class)
                .setParameter("agent", agent)
                .getSingleResult();
        return new ConversationCounts(
                row.get("mine", Long.class),
                row.get("unassigned", Long.class),
                row.get("open", Long.class),
                row.get("resolved", Long.class));
    }

    private static Page<ConversationSummary> page(List<ConversationSnapshot> rows, int limit) {
        List<ConversationSummary> items = new ArrayList<>(limit);
        rows.stream().limit(limit).map(ConversationSnapshot::summary).forEach(items::add);
        if (rows.size() <= limit) {
            return new Page<>(items, null);
        }
        ConversationSummary last = items.get(limit - 1);
        return new Page<>(
                items, Cursor.encode(last.updatedAt().toString(), last.id().toString()));
    }

    private static List<ConversationSnapshot> list(Query query) {
        List<ConversationSnapshot> snapshots = new ArrayList<>();
        for (Object row : query.getResultList()) {
            snapshots.add(snapshot((Tuple) row));
        }
        return snapshots;
    }

    private static ConversationSnapshot snapshot(Tuple row) {
        UUID id = row.get("id", UUID.class);
        UUID assignee = row.get("assignee_id", UUID.class);
        ConversationSummary summary = new ConversationSummary(
                id,
                ConversationStatus.named(row.get("status", String.class)),
                new Person(row.get("customer_id", UUID.class), row.get("customer_name", String.class)),
                assignee == null ? null : new Person(assignee, row.get("assignee_name", String.class)),
                row.get("last_sequence", Long.class),
                row.get("last_text", String.class),
                "agent".equals(row.get("last_author", String.class)) ? AuthorKind.AGENT : AuthorKind.CUSTOMER,
                row.get("updated_at", Instant.class),
                row.get("waiting_since", Instant.class),
                row.get("created_at", Instant.class));
        return new ConversationSnapshot(
                summary,
                row.get("last_public_sequence", Long.class),
                new MarksMoved(
                        id,
                        row.get("customer_read", Long.class),
                        row.get("agent_read_public", Long.class),
                        row.get("customer_read_sequence", Long.class),
                        row.get("agent_read", Long.class)));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException madeUp) {
            throw invalidCursor(madeUp);
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException madeUp) {
            throw invalidCursor(madeUp);
        }
    }

    private static Problem invalidCursor(Exception cause) {
        return new Problem(
                ProblemCode.INVALID,
                "The cursor is not one that this server gave. Start again from the first page.",
                cause);
    }
}
