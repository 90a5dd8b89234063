package io.replyloop.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Each agent's own views of the inbox. Nobody else sees or changes them, admins included. */
@ApplicationScoped
@Transactional
public class SavedViews {
    static final int MOST = 30;

    private static final long LOCK = 7_301_138L;

    private final Session session;

    SavedViews(Session session) {
        this.session = session;
    }

    /** In the order in which they were saved. */
    public List<SavedView> of(SignedInAgent agent) {
        return session.createNativeQuery(
                        "select id, name, cast(query as text) as query from saved_view where agent_id = :agent"
                                + " order by created_at, id",
                        Tuple.class)
                .setParameter("agent", agent.id())
                .getResultStream()
                .map(SavedViews::view)
                .toList();
    }

    public SavedView create(SignedInAgent agent, String name, SavedView.Query query) {
        InboxParameters.check(query);
        // Two at once would both find room.
        TransactionLock.hold(session, LOCK ^ agent.id().getLeastSignificantBits());
        if (of(agent).size() >= MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT, "You have " + MOST + " saved views, which is the most; delete one first.");
        }
        SavedView view = new SavedView(UUID.randomUUID(), name.strip(), query);
        session.createNativeMutationQuery("insert into saved_view (id, agent_id, name, query)"
                        + " values (:id, :agent, :name, cast(:query as jsonb))")
                .setParameter("id", view.id())
                .setParameter("agent", agent.id())
                .setParameter("name", view.name())
                .setParameter("query", written(query))
                .executeUpdate();
        return view;
    }

    public SavedView change(SignedInAgent agent, UUID id, String name, SavedView.Query query) {
        InboxParameters.check(query);
        int changed = session.createNativeMutationQuery("update saved_view set name = :name,"
                        + " query = cast(:query as jsonb) where id = :id and agent_id = :agent")
                .setParameter("id", id)
                .setParameter("agent", agent.id())
                .setParameter("name", name.strip())
                .setParameter("query", written(query))
                .executeUpdate();
        if (changed == 0) {
            throw Problem.notFound("saved view");
        }
        return new SavedView(id, name.strip(), query);
    }

    /** One that is not there, or is somebody else's, is not there afterwards either. */
    public void delete(SignedInAgent agent, UUID id) {
        session.createNativeMutationQuery("delete from saved_view where id = :id and agent_id = :agent")
                .setParameter("id", id)
                .setParameter("agent", agent.id())
                .executeUpdate();
    }

    private static SavedView view(Tuple row) {
        return new SavedView(
                row.get("id", UUID.class), row.get("name", String.class), read(row.get("query", String.class)));
    }

    private static SavedView.Query read(String query) {
        try {
            // A later release may have saved more than this one knows.
            return Json.MAPPER
                    .reader()
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .treeToValue(Json.stored(query), SavedView.Query.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A saved view held something else than what was saved", impossible);
        }
    }

    private static String written(SavedView.Query query) {
        return Json.MAPPER.valueToTree(query).toString();
    }
}
