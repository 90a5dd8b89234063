package io.replyloop.conversation;

import io.replyloop.conversation.ConversationSummary.Customer;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.ConversationSummary.Team;
import io.replyloop.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
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
    private static final String LINE = """
            select c.id, c.status, c.customer_id, k.name as customer_name, b.customer_id is not null as blocked,
                   c.assignee_id, a.name as assignee_name,
                   c.last_sequence, c.last_text, c.last_author, c.updated_at, c.waiting_since, c.created_at,
                   c.outside_hours, c.team_id, t.name as team_name
            """;
    // The marks of each side are translated into the other side's numbering, which differs by the notes in between.
    private static final String AND_MARKS = """
                 , c.last_public_sequence, c.customer_read, c.agent_read,
                   coalesce((select e.sequence from conversation_event e
                              where e.conversation_id = c.id and e.public_sequence = c.customer_read), 0)
                       as customer_read_sequence,
                   coalesce((select max(e.public_sequence) from conversation_event e
                              where e.conversation_id = c.id and e.sequence <= c.agent_read), 0) as agent_read_public
            """;
    private static final String OF_CONVERSATIONS = """
              from conversation c
              join customer k on k.id = c.customer_id
              left join agent_account a on a.id = c.assignee_id
              left join blocked_customer b on b.customer_id = c.customer_id
              left join team t on t.id = c.team_id
            """;
    private static final String SNAPSHOT = LINE + AND_MARKS + OF_CONVERSATIONS;

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

    List<ConversationSummary> summaries(List<UUID> conversations) {
        if (conversations.isEmpty()) {
            return List.of();
        }
        return lines(entities.createNativeQuery(LINE + OF_CONVERSATIONS + " where c.id = any(:ids)", Tuple.class)
                .setParameter("ids", conversations.toArray(UUID[]::new)));
    }

    /** Those in which something has happened since, the newest change first. */
    List<UUID> changedSince(Instant since, int most) {
        List<?> ids = entities.createNativeQuery(
                        "select id from conversation where status in ('open', 'resolved') and updated_at >= :since"
                                + " order by updated_at desc limit :most",
                        UUID.class)
                .setParameter("since", since)
                .setParameter("most", most)
                .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /** Whoever is blocked is not waited upon, and keeps nobody else waiting. */
    List<UUID> queue(int most) {
        List<?> ids = entities.createNativeQuery(
                        "select id from conversation c where status = 'open' and assignee_id is null"
                                + " and waiting_since is not null and not exists (select from blocked_customer b"
                                + " where b.customer_id = c.customer_id) order by waiting_since, id limit :most",
                        UUID.class)
                .setParameter("most", most)
                .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /** Open ones by how long their customers wait, then those that are answered; these and all others newest change first. */
    Page<ConversationSummary> page(InboxQuery asked) {
        InboxCursor from = asked.cursor() == null ? InboxCursor.START : InboxCursor.decode(asked.cursor());
        int wanted = asked.limit() + 1;
        List<ConversationSummary> rows = new ArrayList<>(wanted);
        boolean byWaiting = asked.status() == ConversationStatus.OPEN;
        if (byWaiting && from.isAmongWaiting()) {
            rows.addAll(part(
                    asked,
                    " and c.waiting_since is not null",
                    from,
                    " and (c.waiting_since, c.id) > (:at, :id)",
                    " order by c.waiting_since, c.id",
                    wanted));
            from = InboxCursor.START;
        }
        if (rows.size() < wanted) {
            rows.addAll(part(
                    asked,
                    byWaiting ? " and c.waiting_since is null" : "",
                    from,
                    " and c.updated_at <= :at and (c.updated_at < :at or c.id > :id)",
                    " order by c.updated_at desc, c.id",
                    wanted - rows.size()));
        }
        if (rows.size() < wanted) {
            return new Page<>(rows, null);
        }
        List<ConversationSummary> items = rows.subList(0, asked.limit());
        return new Page<>(
                items, InboxCursor.after(items.get(items.size() - 1), byWaiting).encode());
    }

    private List<ConversationSummary> part(
            InboxQuery asked, String which, InboxCursor from, String after, String order, int limit) {
        StringBuilder sql = new StringBuilder(LINE + OF_CONVERSATIONS + " where true").append(which);
        if (asked.status() != null) {
            // As a word of the statement, because an index of open ones serves no question that is open itself.
            sql.append(" and c.status = '").append(asked.status().wireName()).append('\'');
        }
        if (asked.unassigned()) {
            sql.append(" and c.assignee_id is null");
        } else if (asked.assignee() != null) {
            sql.append(" and c.assignee_id = :assignee");
        }
        if (asked.teamsOf() != null) {
            sql.append(" and c.team_id in (select m.team_id from team_member m where m.agent_id = :teamsOf)");
        }
        sql.append(from.isStart() ? "" : after).append(order).append(" limit :limit");
        Query query = entities.createNativeQuery(sql.toString(), Tuple.class).setParameter("limit", limit);
        if (!asked.unassigned() && asked.assignee() != null) {
            query.setParameter("assignee", asked.assignee());
        }
        if (asked.teamsOf() != null) {
            query.setParameter("teamsOf", asked.teamsOf());
        }
        if (!from.isStart()) {
            query.setParameter("at", from.at()).setParameter("id", from.id());
        }
        return lines(query);
    }

    ConversationCounts counts(UUID agent) {
        Tuple row = (Tuple) entities.createNativeQuery("""
                        select count(*) filter (where assignee_id = :agent) as mine,
                               count(*) filter (where assignee_id is null) as unassigned,
                               count(*) as open,
                               (select count(*) from conversation where status = 'resolved') as resolved,
                               count(*) filter (where waiting_since is not null
                                   and (assignee_id is null or assignee_id = :agent)) as waiting
                          from conversation where status = 'open'
                        """, Tuple.class)
                .setParameter("agent", agent)
                .getSingleResult();
        return new ConversationCounts(
                row.get("mine", Long.class),
                row.get("unassigned", Long.class),
                row.get("open", Long.class),
                row.get("resolved", Long.class),
                row.get("waiting", Long.class));
    }

    /** One statement, so that all of it is of one moment. */
    InboxCensus census() {
        List<InboxCensus.Open> open = new ArrayList<>();
        Instant takenAt = null;
        long resolved = 0;
        List<?> rows = entities.createNativeQuery("""
                        select r.taken_at, r.resolved, c.id, c.assignee_id, c.waiting_since is not null as waiting
                          from (select now() as taken_at, count(*) as resolved
                                  from conversation where status = 'resolved') r
                          left join conversation c on c.status = 'open'
                        """, Tuple.class).getResultList();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            takenAt = row.get("taken_at", Instant.class);
            resolved = row.get("resolved", Long.class);
            UUID id = row.get("id", UUID.class);
            if (id != null) {
                open.add(new InboxCensus.Open(
                        id, row.get("assignee_id", UUID.class), row.get("waiting", Boolean.class)));
            }
        }
        return new InboxCensus(takenAt, open, resolved);
    }

    private static List<ConversationSummary> lines(Query query) {
        List<ConversationSummary> lines = new ArrayList<>();
        for (Object row : query.getResultList()) {
            lines.add(line((Tuple) row));
        }
        return lines;
    }

    private static List<ConversationSnapshot> list(Query query) {
        List<ConversationSnapshot> snapshots = new ArrayList<>();
        for (Object row : query.getResultList()) {
            snapshots.add(snapshot((Tuple) row));
        }
        return snapshots;
    }

    private static ConversationSummary line(Tuple row) {
        UUID assignee = row.get("assignee_id", UUID.class);
        UUID team = row.get("team_id", UUID.class);
        return new ConversationSummary(
                row.get("id", UUID.class),
                ConversationStatus.named(row.get("status", String.class)),
                new Customer(
                        row.get("customer_id", UUID.class),
                        row.get("customer_name", String.class),
                        row.get("blocked", Boolean.class) ? true : null),
                assignee == null ? null : new Person(assignee, row.get("assignee_name", String.class)),
                row.get("last_sequence", Long.class),
                row.get("last_text", String.class),
                "agent".equals(row.get("last_author", String.class)) ? AuthorKind.AGENT : AuthorKind.CUSTOMER,
                row.get("updated_at", Instant.class),
                row.get("waiting_since", Instant.class),
                row.get("created_at", Instant.class),
                row.get("outside_hours", Boolean.class) ? true : null,
                team == null ? null : new Team(team, row.get("team_name", String.class)));
    }

    private static ConversationSnapshot snapshot(Tuple row) {
        ConversationSummary summary = line(row);
        return new ConversationSnapshot(
                summary,
                row.get("last_public_sequence", Long.class),
                new MarksMoved(
                        summary.id(),
                        row.get("customer_read", Long.class),
                        row.get("agent_read_public", Long.class),
                        row.get("customer_read_sequence", Long.class),
                        row.get("agent_read", Long.class)));
    }
}
