package io.replyloop.search;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.ConversationTexts;
import io.replyloop.conversation.ConversationTurns.Place;
import io.replyloop.identity.Customers;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Finds messages and notes by their words, and customers by their names and addresses. */
@ApplicationScoped
@Transactional
class SearchService {
    /** Frequent words are among the newest messages often enough; rare ones cost little among all. */
    private static final int NEWEST = 20_000;

    private static final int CUSTOMERS = 5;

    private final Session session;
    private final ConversationTexts texts;
    private final ConversationService conversations;
    private final Customers customers;
    private final MessageIndex index;

    SearchService(
            Session session,
            ConversationTexts texts,
            ConversationService conversations,
            Customers customers,
            MessageIndex index) {
        this.session = session;
        this.texts = texts;
        this.conversations = conversations;
        this.customers = customers;
        this.index = index;
    }

    private record Key(Instant at, UUID conversation, long sequence) {
        Place place() {
            return new Place(conversation, sequence);
        }

        String encode() {
            return Cursor.encode(at.toString(), conversation.toString(), Long.toString(sequence));
        }

        static Key decode(String text) {
            List<String> parts = Cursor.decode(text, 3).parts();
            try {
                return new Key(
                        Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)), Long.parseLong(parts.get(2)));
            } catch (DateTimeException | IllegalArgumentException madeUp) {
                throw Cursor.madeUp(madeUp);
            }
        }
    }

    /** @param cursor null for the first page */
    SearchView search(String asked, SearchFilter filter, String cursor, int limit) {
        SearchWords words = SearchWords.of(asked);
        if (words.isEmpty()) {
            throw new Problem(ProblemCode.INVALID, "Write at least one word to look for.");
        }
        Key after = cursor == null ? null : Key.decode(cursor);
        List<Key> keys = keys(words, filter, after, limit + 1);
        boolean more = keys.size() > limit;
        List<Key> page = more ? keys.subList(0, limit) : keys;
        return new SearchView(
                after == null ? named(asked) : List.of(),
                messages(page, words),
                more ? page.get(limit - 1).encode() : null,
                index.isComplete());
    }

    /**
     * The newest first. Words that many messages have are found among the newest ones, in the order of time; to sort all
     * that have them would take long. What is rarer than that is looked up by its words.
     */
    private List<Key> keys(SearchWords words, SearchFilter filter, Key after, int most) {
        Instant newest = newest(filter, after);
        List<Key> keys = new ArrayList<>();
        if (newest != null) {
            keys.addAll(keys(words, filter, after, "at >= :newest order by at desc", newest, most));
        }
        if (keys.size() < most) {
            // The sum keeps the planner from walking through all messages in the order of time.
            String rest = newest == null ? "true" : "at < :newest";
            keys.addAll(
                    keys(words, filter, after, rest + " order by at + interval '0' desc", newest, most - keys.size()));
        }
        return keys;
    }

    /** Since when there are as many messages as are quickly looked through; null when there are not so many. */
    private Instant newest(SearchFilter filter, Key after) {
        Instant to = filter.to();
        if (after != null && (to == null || after.at().isBefore(to))) {
            to = after.at();
        }
        return query(
                        "select at from searchable_message" + (to == null ? "" : " where at <= :to")
                                + " order by at desc offset :newest limit 1",
                        to == null ? Map.of("newest", NEWEST) : Map.of("newest", NEWEST, "to", to))
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> row.get("at", Instant.class))
                .orElse(null);
    }

    private List<Key> keys(SearchWords words, SearchFilter filter, Key after, String among, Instant newest, int most) {
        Map<String, Object> values = new HashMap<>(Map.of("words", words.query(), "most", most));
        StringBuilder sql = new StringBuilder("select at, conversation_id, sequence from searchable_message"
                + " where words @@ cast(:words as tsquery)");
        if (filter.source() != null) {
            // A word of the statement and no parameter of it, for which the index of notes would not be considered.
            sql.append(" and source = '").append(filter.source().wireName()).append("'");
        }
        if (filter.from() != null) {
            sql.append(" and at >= :from");
            values.put("from", filter.from());
        }
        if (filter.to() != null) {
            sql.append(" and at < :to");
            values.put("to", filter.to());
        }
        if (after != null) {
            sql.append(" and (at, conversation_id, sequence) < (:afterAt, :afterConversation, :afterSequence)");
            values.put("afterAt", after.at());
            values.put("afterConversation", after.conversation());
            values.put("afterSequence", after.sequence());
        }
        sql.append(" and ").append(among).append(", conversation_id desc, sequence desc limit :most");
        if (newest != null) {
            values.put("newest", newest);
        }
        List<Key> keys = new ArrayList<>();
        for (Tuple row : query(sql.toString(), values).getResultList()) {
            keys.add(new Key(
                    row.get("at", Instant.class),
                    row.get("conversation_id", UUID.class),
                    row.get("sequence", Long.class)));
        }
        return keys;
    }

    private NativeQuery<Tuple> query(String sql, Map<String, Object> values) {
        NativeQuery<Tuple> query = session.createNativeQuery(sql, Tuple.class);
        values.forEach(query::setParameter);
        return query;
    }

    /** Without those that have been erased since they were found. */
    private List<FoundMessage> messages(List<Key> keys, SearchWords words) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Map<Place, ConversationEventView> events = texts
                .those(keys.stream().map(Key::place).toList())
                .stream()
                .collect(Collectors.toMap(event -> new Place(event.conversation(), event.sequence()), event -> event));
        Map<UUID, ConversationSummary> summaries =
                conversations
                        .summaries(
                                keys.stream().map(Key::conversation).distinct().toList())
                        .stream()
                        .collect(Collectors.toMap(ConversationSummary::id, summary -> summary));
        List<FoundMessage> found = new ArrayList<>();
        for (Key key : keys) {
            ConversationEventView event = events.get(key.place());
            ConversationSummary summary = summaries.get(key.conversation());
            if (event != null && summary != null) {
                Excerpt excerpt = Excerpt.of(event.text(), words);
                found.add(new FoundMessage(
                        summary,
                        event.sequence(),
                        event.at(),
                        event.kind(),
                        event.author(),
                        excerpt.text(),
                        excerpt.marks()));
            }
        }
        return found;
    }

    private List<ConversationSummary> named(String asked) {
        return customers.named(asked, CUSTOMERS).stream()
                .flatMap(customer -> conversations.allOfCustomer(customer).stream())
                .distinct()
                .sorted(Comparator.comparing(ConversationSummary::updatedAt).reversed())
                .toList();
    }
}
