package io.replyloop.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Replies in whatever state, without the counts of their use, for whoever compares them with something. */
@ApplicationScoped
@Transactional
public class ReplyLookup {
    private final EntityManager entities;

    ReplyLookup(EntityManager entities) {
        this.entities = entities;
    }

    /** Those of these replies that there are. */
    public List<ReplyView> those(Collection<UUID> ids) {
        return views(entities.createQuery("from Reply r where r.id in :ids", Reply.class)
                .setParameter("ids", ids));
    }

    /** Drafts and archived replies, the newest change first, at most so many. */
    public List<ReplyView> unpublished(int most) {
        return views(entities.createQuery(
                        "from Reply r where r.state <> :published order by r.updatedAt desc, r.id", Reply.class)
                .setParameter("published", ReplyState.PUBLISHED)
                .setMaxResults(most));
    }

    private static List<ReplyView> views(TypedQuery<Reply> query) {
        return query.getResultList().stream().map(reply -> reply.view(0, null)).toList();
    }
}
