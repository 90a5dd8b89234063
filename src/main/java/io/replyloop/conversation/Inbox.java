package io.replyloop.conversation;

import io.replyloop.conversation.ConversationSummary.Customer;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.ConversationSummary.Team;
import io.replyloop.conversation.ConversationSummary.WritesAs;
import io.replyloop.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads conversations as lines of a list: one statement for a whole page, names included. Never loads the entity, which
 * belongs to whoever holds its lock.
 */
@ApplicationScoped
class Inbox {
    private static final String LINE = """
            select c.id, c.status, k.id as customer_id, coalesce(k.name, (
                       select o.name from customer_merge g join customer o on o.id = g.customer_id
                        where g.kept_id = k.id and o.name is not null
                        order by g.merged_at, g.customer_id limit 1)) as customer_name,
                   w.id as writes_as, w.name as writes_as_name, b.customer_id is not null as blocked,
                   c.assignee_id, a.name as assignee_name,
                   c.last_sequence, c.last_text, c.last_author, c.updated_at, c.waiting_since, c.created_at,
                   c.outside_hours, c.team_id, t.name as team_name, c.current, c.labels, c.priority, c.snoozed_until, c.spam,
                   c.last_customer_sequence > c.agent_read as unread, c.language, c.mentioned, c.mention_unread
            """;
    // The marks of each side are translated into the other side's numbering, which differs by the notes in between.
    private static final String AND_MARKS = """
                 , c.last_public_sequence, c.customer_read, c.agent_read,
                   exists (select from conversation o where o.customer_id = c.customer_id and not o.current) as follows,
                   coalesce((select e.sequence from conversation_event e
                              where e.conversation_id = c.id and e.public_sequence = c.customer_read), 0)
                       as customer_read_sequence,
                   coalesce((select max(e.public_sequence) from conversation_event e
                              where e.conversation_id = c.id and e.sequence <= c.agent_read), 0) as agent_read_public
            """;
    private static final String OF_CONVERSATIONS = """
              from conversation c
              left join customer_merge m on m.customer_id = c.customer_id
              left join customer w on w.id = m.customer_id
              join customer k on k.id = coalesce(m.kept_id, c.customer_id)
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
        return list(entities.createNativeQuery(SNAPSHOT + " where c.customer_id = :customer and c.current", Tuple.class)
                        .setParameter("customer", customerId))
                .stream()
                .findFirst();
    }

    /** Those that the customer has begun by this id, which is all that they may see; the newest first. */
    List<ConversationSummary> ofCustomer(UUID customer, int most) {
        return lines(entities.createNativeQuery(
                        LINE + OF_CONVERSATIONS
                                + " where c.customer_id = :customer order by c.created_at desc, c.id limit :most",
                        Tuple.class)
                .setParameter("customer", customer)
                .setParameter("most", most));
    }

    /** Those of everyone who is the same person, for agents; the newest first. */
    List<ConversationSummary> ofPerson(UUID customer, int most) {
        return lines(entities.createNativeQuery(LINE + OF_CONVERSATIONS + """
                                 where c.customer_id = any(array(
                                    select customer_id from customer_merge where kept_id = coalesce(
                                        (select kept_id from customer_merge where customer_id = :customer), :customer)
                                    union all select coalesce(
                                        (select kept_id from customer_merge where customer_id = :customer), :customer)))
                                 order by c.created_at desc, c.id limit :most""", Tuple.class)
                .setParameter("customer", customer)
                .setParameter("most", most));
    }

    Optional<ConversationSummary> own(UUID customer, UUID conversation) {
        return lines(entities.createNativeQuery(
                                LINE + OF_CONVERSATIONS + " where c.id = :id and c.customer_id = :customer",
                                Tuple.class)
                        .setParameter("id", conversation)
                        .setParameter("customer", customer))
                .stream()
                .findFirst();
    }

    /** When the last thing happened in each of them that the customer may see. */
    Map<UUID, Instant> lastShown(UUID customer) {
        Map<UUID, Instant> shown = new HashMap<>();
        List<?> rows = entities.createNativeQuery("""
                        select c.id, e.created_at from conversation c join conversation_event e
                            on e.conversation_id = c.id and e.public_sequence = c.last_public_sequence
                         where c.customer_id = :customer
                        """, Tuple.class)
                .setParameter("customer", customer)
                .getResultList();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            shown.put(row.get("id", UUID.class), row.get("created_at", Instant.class));
        }
        return shown;
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
        // Of each status for itself, since the resolved ones of other desks are in the index of all.
        List<?> ids = entities.createNativeQuery("""
                        select id from (
                            (select id, updated_at from conversation where status = 'open'
                                and updated_at >= :since order by updated_at desc, id limit :most)
                            union all
                            (select id, updated_at from conversation where status = 'resolved' and not elsewhere
                                and updated_at >= :since order by updated_at desc, id limit :most)) as each
                        order by updated_at desc, id limit :most""", UUID.class)
                .setParameter("since", since)
                .setParameter("most", most)
                .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    List<UUID> queue(int most) {
        List<?> ids = entities.createNativeQuery(
                        "select c.id from conversation c where " + WaitingConversations.ROUTABLE
                                + " order by c.waiting_since, c.id limit :most",
                        UUID.class)
                .setParameter("most", most)
                .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /** In the order that is asked for; each part of it is a statement, and pages end where they end. */
    Page<ConversationSummary> page(InboxQuery asked) {
        List<InboxOrder.Part> parts = asked.order().parts(asked.view());
        InboxCursor from = asked.cursor() == null ? null : InboxCursor.decode(asked.cursor(), parts);
        int wanted = asked.limit() + 1;
        List<ConversationSummary> rows = new ArrayList<>(wanted);
        InboxOrder.Part last = null;
        for (int at = from == null ? 0 : from.part(); at < parts.size() && rows.size() < wanted; at++) {
            InboxOrder.Part part = parts.get(at);
            boolean begun = from != null && from.part() == at;
            rows.addAll(part(asked, part, begun ? from : null, wanted - rows.size()));
            // The cursor stands at the last line of the page, and one more than that was asked for.
            last = rows.size() >= asked.limit() && last == null ? part : last;
        }
        if (rows.size() < wanted) {
            return new Page<>(rows, null);
        }
        List<ConversationSummary> items = rows.subList(0, asked.limit());
        return new Page<>(items, InboxCursor.after(last, items.get(items.size() - 1)));
    }

    private List<ConversationSummary> part(InboxQuery asked, InboxOrder.Part part, InboxCursor from, int limit) {
        InboxFilter filter = asked.filter();
        Map<String, Object> values = new HashMap<>();
        StringBuilder sql = new StringBuilder(LINE + OF_CONVERSATIONS)
                .append(" where ")
                .append(asked.view().condition());
        if (asked.view().isOfAgent()) {
            values.put("me", asked.me());
        }
        if (!part.condition().isEmpty()) {
            sql.append(" and ").append(part.condition());
        }
        if (filter.label() != null) {
            sql.append(" and c.labels <> '{}' and c.labels @> array[cast(:label as uuid)]");
            values.put("label", filter.label());
        }
        if (filter.priority() != null) {
            sql.append(" and c.priority = ").append(filter.priority().level());
        }
        if (filter.unread()) {
            sql.append(" and c.last_customer_sequence > c.agent_read");
        }
        if (filter.waiting()) {
            sql.append(" and c.waiting_since is not null");
        }
        if (filter.language() != null) {
            sql.append(" and c.language = :language");
            values.put("language", filter.language());
        }
        if (filter.unassigned()) {
            sql.append(" and c.assignee_id is null");
        } else if (filter.assignee() != null) {
            sql.append(" and c.assignee_id = :assignee");
            values.put("assignee", filter.assignee());
        }
        if (filter.teamsOf() != null) {
            sql.append(" and c.team_id in (select m.team_id from team_member m where m.agent_id = :teamsOf)");
            values.put("teamsOf", filter.teamsOf());
        }
        if (from != null) {
            sql.append(" and ").append(part.key().after());
            values.put("at", from.at());
            values.put("id", from.id());
        }
        sql.append(" order by ").append(part.key().order()).append(" limit :limit");
        values.put("limit", limit);
        Query query = entities.createNativeQuery(sql.toString(), Tuple.class);
        values.forEach(query::setParameter);
        return lines(query);
    }

    ConversationCounts counts(UUID agent) {
        Tuple row = (Tuple) entities.createNativeQuery("""
                        select count(*) filter (where here and assignee_id = :agent) as mine,
                               count(*) filter (where here and assignee_id is null) as unassigned,
                               count(*) filter (where here) as open,
                               count(*) filter (where here and waiting_since is not null
                                   and (assignee_id is null or assignee_id = :agent)) as waiting,
                               count(*) filter (where not here) as snoozed,
                               (select count(*) from conversation where status = 'resolved' and not elsewhere)
                                   - (select count(*) from conversation
                                       where spam and status = 'resolved' and not elsewhere) as resolved,
                               (select count(*) from conversation where spam and not elsewhere) as spam,
                               (select count(*) from conversation where mention_unread <> '{}' and not spam
                                   and mention_unread @> array[cast(:agent as uuid)]) as mentions
                          from (select assignee_id, waiting_since, snoozed_until is null as here
                                  from conversation where status = 'open' and not spam) as each
                        """, Tuple.class)
                .setParameter("agent", agent)
                .getSingleResult();
        return new ConversationCounts(
                row.get("mine", Long.class),
                row.get("unassigned", Long.class),
                row.get("open", Long.class),
                row.get("resolved", Long.class),
                row.get("waiting", Long.class),
                row.get("snoozed", Long.class),
                row.get("spam", Long.class),
                row.get("mentions", Long.class));
    }

    /** One statement, so that all of it is of one moment. */
    InboxCensus census() {
        List<InboxCensus.Unresolved> unresolved = new ArrayList<>();
        Instant takenAt = null;
        long resolved = 0;
        // What is resolved is counted in an index alone, which the marks of spam are not in.
        List<?> rows = entities.createNativeQuery("""
                        select r.taken_at, r.resolved, c.id, c.assignee_id, c.waiting_since is not null as waiting,
                               c.snoozed_until is not null as snoozed, c.spam
                          from (select now() as taken_at,
                                       (select count(*) from conversation where status = 'resolved' and not elsewhere)
                                           - (select count(*) from conversation where spam and status = 'resolved'
                                               and not elsewhere) as resolved) r
                          left join (select id, assignee_id, waiting_since, snoozed_until, spam from conversation where status = 'open'
                                     union all select id, assignee_id, waiting_since, snoozed_until, spam
                                       from conversation where spam and status = 'resolved' and not elsewhere) c on true
                        """, Tuple.class).getResultList();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            takenAt = row.get("taken_at", Instant.class);
            resolved = row.get("resolved", Long.class);
            UUID id = row.get("id", UUID.class);
            if (id != null) {
                unresolved.add(new InboxCensus.Unresolved(
                        id,
                        row.get("assignee_id", UUID.class),
                        row.get("waiting", Boolean.class),
                        row.get("snoozed", Boolean.class),
                        row.get("spam", Boolean.class)));
            }
        }
        return new InboxCensus(takenAt, unresolved, resolved, mentions());
    }

    private List<InboxCensus.Mention> mentions() {
        List<?> rows = entities.createNativeQuery(
                        "select id, mention_unread from conversation where mention_unread <> '{}' and not spam",
                        Tuple.class)
                .getResultList();
        List<InboxCensus.Mention> mentions = new ArrayList<>();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            mentions.add(new InboxCensus.Mention(
                    row.get("id", UUID.class), List.of(row.get("mention_unread", UUID[].class))));
        }
        return mentions;
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
        UUID writesAs = row.get("writes_as", UUID.class);
        return new ConversationSummary(
                row.get("id", UUID.class),
                ConversationStatus.named(row.get("status", String.class)),
                new Customer(
                        row.get("customer_id", UUID.class),
                        row.get("customer_name", String.class),
                        row.get("blocked", Boolean.class) ? true : null,
                        writesAs == null ? null : new WritesAs(writesAs, row.get("writes_as_name", String.class))),
                assignee == null ? null : new Person(assignee, row.get("assignee_name", String.class)),
                row.get("last_sequence", Long.class),
                row.get("last_text", String.class),
                "agent".equals(row.get("last_author", String.class)) ? AuthorKind.AGENT : AuthorKind.CUSTOMER,
                row.get("updated_at", Instant.class),
                row.get("waiting_since", Instant.class),
                row.get("created_at", Instant.class),
                row.get("outside_hours", Boolean.class) ? true : null,
                row.get("current", Boolean.class) ? null : true,
                triage(row),
                team == null ? null : new Team(team, row.get("team_name", String.class)));
    }

    /** Null where there is nothing to say. */
    private static Triage triage(Tuple row) {
        Short level = row.get("priority", Short.class);
        Triage triage = new Triage(
                List.of(row.get("labels", UUID[].class)),
                level == 0 ? null : Priority.ofLevel(level),
                row.get("snoozed_until", Instant.class),
                row.get("spam", Boolean.class) ? true : null,
                row.get("unread", Boolean.class) ? true : null,
                row.get("language", String.class),
                List.of(row.get("mentioned", UUID[].class)),
                List.of(row.get("mention_unread", UUID[].class)));
        return triage.equals(Triage.NONE) ? null : triage;
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
                        row.get("agent_read", Long.class)),
                row.get("follows", Boolean.class));
    }
}
