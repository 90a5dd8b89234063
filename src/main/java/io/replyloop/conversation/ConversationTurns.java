package io.replyloop.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** What agents wrote after questions, of many conversations together. */
@ApplicationScoped
@Transactional
public class ConversationTurns {
    /** An answer of more messages is a conversation of its own. */
    private static final int MESSAGES = 5;

    private final Session session;

    ConversationTurns(Session session) {
        this.session = session;
    }

    /** A message of a conversation. */
    public record Place(UUID conversation, long sequence) {}

    /**
     * What agents wrote right after each of these messages, until the customer wrote again; where they wrote nothing, the
     * place is left out.
     */
    public Map<Place, List<String>> answers(Collection<Place> questions) {
        Map<Place, List<String>> answers = new HashMap<>();
        if (questions.isEmpty()) {
            return answers;
        }
        List<Tuple> rows = session.createNativeQuery("""
                        select asked.conversation, asked.place, answer.text, answer.author_kind as author
                        from unnest(:conversations, :places) as asked (conversation, place)
                        cross join lateral (
                            select sequence, text, author_kind from conversation_event
                            where conversation_id = asked.conversation and sequence > asked.place and kind = 'message'
                                and text <> ''
                            order by sequence limit :most) answer
                        order by asked.conversation, asked.place, answer.sequence""", Tuple.class)
                .setParameter(
                        "conversations",
                        questions.stream().map(Place::conversation).toArray(UUID[]::new))
                .setParameter("places", questions.stream().map(Place::sequence).toArray(Long[]::new))
                .setParameter("most", MESSAGES)
                .getResultList();
        Place over = null;
        for (Tuple row : rows) {
            Place place = new Place(row.get("conversation", UUID.class), row.get("place", Long.class));
            if (place.equals(over)) {
                continue;
            }
            if (AuthorKind.AGENT.wireName().equals(row.get("author", String.class))) {
                answers.computeIfAbsent(place, one -> new ArrayList<>()).add(row.get("text", String.class));
            } else {
                over = place;
            }
        }
        return answers;
    }
}
