package io.replyloop.feedback;

import io.replyloop.knowledge.ReplyUsage;
import io.replyloop.suggestion.ImpressionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
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
        Map<UUID, Count> counts = sent(replies);
        shown.forEach((reply, times) -> {
            Count sent = counts.getOrDefault(reply, Count.NONE);
            counts.put(reply, new Count(times, sent.sent(), sent.edited(), sent.lastSent()));
        });
        return counts;
    }

    /** How often each of these was the right answer; those that never were are omitted. */
    private Map<UUID, Count> sent(Collection<UUID> replies) {
        Map<UUID, Count> counts = new HashMap<>();
        List<Tuple> rows = session.createNativeQuery("""
                        select reply_id as reply, count(*) as times,
                            count(*) filter (where outcome = 'edited') as edited, max(created_at) as last
                        from decision
                        where reply_id = any(:replies) and outcome <> 'rejected'
                            and accepted is distinct from false group by reply_id""", Tuple.class)
                .setParameter("replies", replies.toArray(UUID[]::new))
                .getResultList();
        rows.forEach(row -> counts.put(
                row.get("reply", UUID.class),
                new Count(
                        0,
                        row.get("times", Long.class),
                        row.get("edited", Long.class),
                        row.get("last", Instant.class))));
        return counts;
    }
}
