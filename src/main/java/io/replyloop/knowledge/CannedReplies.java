package io.replyloop.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** What agents put into the editor of their own accord, and what is offered with it. */
@ApplicationScoped
@Transactional
public class CannedReplies {
    private static final int MOST = 2_000;

    private final Session session;

    CannedReplies(Session session) {
        this.session = session;
    }

    /** Published replies with a shortcode, sorted by it. */
    List<CannedReply> all() {
        return session.createQuery(
                        "select r.id, r.shortcode, r.title, r.text, r.language, r.choices from Reply r"
                                + " where r.state = :state and r.shortcode is not null order by r.shortcode",
                        Object[].class)
                .setParameter("state", ReplyState.PUBLISHED)
                .setMaxResults(MOST)
                .getResultStream()
                .map(row -> new CannedReply(
                        (UUID) row[0],
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        (String) row[4],
                        List.of((String[]) row[5])))
                .toList();
    }

    /** The short answers that each of these replies offers; those that offer none are not in it. */
    public Map<UUID, List<String>> choices(Collection<UUID> replies) {
        if (replies.isEmpty()) {
            return Map.of();
        }
        return session.createQuery("select r.id, r.choices from Reply r where r.id in :replies", Object[].class)
                .setParameter("replies", replies)
                .getResultStream()
                .filter(row -> ((String[]) row[1]).length > 0)
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> List.of((String[]) row[1])));
    }
}
