package io.replyloop.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Messages and notes of all conversations together, for whoever reads what is written. */
@ApplicationScoped
@Transactional
public class ConversationTexts {
    // Without the acts that keep the inbox in order, which are notes without a text.
    private static final String TEXTS =
            "select e.* from conversation_event e where e.kind in ('message', 'note') and e.act is null";

    private final Session session;

    ConversationTexts(Session session) {
        this.session = session;
    }

    /**
     * In the order of their conversations.
     *
     * @param conversation null for the first ones
     */
    public List<ConversationEventView> after(UUID conversation, long sequence, int most) {
        String after = conversation == null ? "" : " and (e.conversation_id, e.sequence) > (:conversation, :sequence)";
        var query = session.createNativeQuery(
                        TEXTS + after + " order by e.conversation_id, e.sequence limit :most", ConversationEvent.class)
                .setParameter("most", most);
        if (conversation != null) {
            query.setParameter("conversation", conversation).setParameter("sequence", sequence);
        }
        return views(query.getResultList());
    }

    /** @param to the first moment after it */
    public List<ConversationEventView> between(Instant from, Instant to) {
        return views(session.createNativeQuery(
                        TEXTS + " and e.created_at >= :from and e.created_at < :to"
                                + " order by e.conversation_id, e.sequence",
                        ConversationEvent.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList());
    }

    /** Those of them that exist, in no particular order. */
    public List<ConversationEventView> those(Collection<ConversationTurns.Place> places) {
        return views(session.createNativeQuery(
                        TEXTS + " and (e.conversation_id, e.sequence) in"
                                + " (select * from unnest(:conversations, :sequences))",
                        ConversationEvent.class)
                .setParameter(
                        "conversations",
                        places.stream()
                                .map(ConversationTurns.Place::conversation)
                                .toArray(UUID[]::new))
                .setParameter(
                        "sequences",
                        places.stream().map(ConversationTurns.Place::sequence).toArray(Long[]::new))
                .getResultList());
    }

    private static List<ConversationEventView> views(List<ConversationEvent> events) {
        return events.stream().map(ConversationEvent::view).toList();
    }
}
