package io.replyloop.feedback;

import io.replyloop.knowledge.ReplyUsage;
import io.replyloop.suggestion.ImpressionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Provides the knowledge base with the number of times its replies were suggested and sent. */
@ApplicationScoped
@Transactional
class SuggestionUsage implements ReplyUsage {
    private final ImpressionService impressions;
    private final Session session;

    SuggestionUsage(ImpressionService impressions, Session session) {
        this.impressions = impressions;
        this.session = session;
    }

    @Override
    public Map<UUID, Count> of(Collection<UUID> replies) {
        if (replies.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Long> shown = impressions.timesShown(replies);
        Map<UUID, Long> sent = timesSent(replies);
        Map<UUID, Count> counts = new HashMap<>();
        replies.forEach(
                reply -> counts.put(reply, new Count(shown.getOrDefault(reply, 0L), sent.getOrDefault(reply, 0L))));
        return counts;
    }

    /** How often each of these was the right answer; those that never were are omitted. */
    private Map<UUID, Long> timesSent(Collection<UUID> replies) {
        Map<UUID, Long> times = new HashMap<>();
        List<Tuple> rows = session.createNativeQuery("""
                        select reply_id as reply, count(*) as times from decision
                        where reply_id = any(:replies) and outcome <> 'rejected'
                            and accepted is distinct from false group by reply_id""", Tuple.class)
                .setParameter("replies", replies.toArray(UUID[]::new))
                .getResultList();
        rows.forEach(row -> times.put(row.get("reply", UUID.class), row.get("times", Long.class)));
        return times;
    }
}
