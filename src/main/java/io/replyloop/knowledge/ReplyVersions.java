package io.replyloop.knowledge;

import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;

/** How a reply came to be what it is. Versions are only added: to restore one is to make another that says the same. */
@ApplicationScoped
@Transactional
public class ReplyVersions {
    /** Each carries its whole text. */
    static final int MOST = 50;

    private final Session session;
    private final KnowledgeService knowledge;

    ReplyVersions(Session session, KnowledgeService knowledge) {
        this.session = session;
        this.knowledge = knowledge;
    }

    /** Newest first, at most {@value #MOST}: those before the given one, or the newest where that is null. */
    public List<ReplyView.Version> list(UUID id, Integer before) {
        knowledge.reply(id);
        List<ReplyVersion> versions = session.createQuery(
                        "from ReplyVersion v where v.replyId = :id and v.version < :before order by v.version desc",
                        ReplyVersion.class)
                .setParameter("id", id)
                .setParameter("before", before == null ? Integer.MAX_VALUE : before)
                .setMaxResults(MOST)
                .getResultList();
        Map<UUID, String> names = names(versions.stream()
                .map(version -> version.changedBy)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        return versions.stream()
                .map(version -> version.view(names.get(version.changedBy)))
                .toList();
    }

    /**
     * Makes a new version with the contents of an earlier one; the state stays as it is.
     *
     * @param current the version that was read, so that nobody's change is overwritten
     */
    public ReplyView restore(UUID id, int number, int current, UUID by) {
        ReplyVersion version = session.find(ReplyVersion.class, new ReplyVersion.Key(id, number));
        if (version == null) {
            throw Problem.notFound("version");
        }
        return knowledge.update(id, version.draft(current), number, by);
    }

    private Map<UUID, String> names(Collection<UUID> people) {
        Map<UUID, String> names = new HashMap<>();
        if (!people.isEmpty()) {
            session.createNativeQuery("select id, name from agent_account where id = any(:people)", Tuple.class)
                    .setParameter("people", people.toArray(UUID[]::new))
                    .getResultList()
                    .forEach(row -> names.put(row.get("id", UUID.class), row.get("name", String.class)));
        }
        return names;
    }
}
