package io.replyloop.feedback;

import io.replyloop.knowledge.ReplyUsage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Counts for the knowledge base how often its replies were suggested and sent. */
@ApplicationScoped
class SuggestionUsage implements ReplyUsage {
    private final Session session;

    SuggestionUsage(Session session) {
        this.session = session;
    }

    @Override
    @Transactional
    public Map<UUID, Count> of(Collection<UUID> replies) {
        if (replies.isEmpty()) {
            return Map.of();
        }
        List<Tuple> rows = session.createNativeQuery("""
                        select reply.id as reply,
                            (select count(*) from impression_candidate candidate
                                where candidate.reply_id = reply.id and candidate.shown) as shown,
                            (select count(*) from decision
                                where decision.reply_id = reply.id and decision.outcome <> 'rejected') as sent
                        from reply where reply.id in (:replies)""", Tuple.class)
                .setParameter("replies", replies)
                .getResultList();
        Map<UUID, Count> counts = new HashMap<>();
        rows.forEach(row -> counts.put(
                row.get("reply", UUID.class), new Count(row.get("shown", Long.class), row.get("sent", Long.class))));
        return counts;
    }
}
