package io.replyloop.routing;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.NothingToChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Conversations that were given out and not opened yet, and who has let which one lapse. By the database's clock, so that a
 * restart, or another node, goes on with them.
 */
@ApplicationScoped
@Transactional
public class Offers {
    private final Session database;

    Offers(Session database) {
        this.database = database;
    }

    record Lapsed(UUID conversation, UUID agent) {}

    /** The agent has opened what was given to them. */
    public void accepted(UUID agent, UUID conversation) {
        database.createNativeMutationQuery(
                        "delete from routing_offer where conversation_id = :conversation and exists ("
                                + "select from routing_offer o where o.conversation_id = :conversation and o.agent_id = :agent"
                                + " and o.until is not null)")
                .setParameter("conversation", conversation)
                .setParameter("agent", agent)
                .executeUpdate();
    }

    /** Whatever anybody of the team does in it; a colleague's note or label alone does not answer for whoever holds it. */
    void actedOn(@Observes ConversationAdvanced advanced) {
        ConversationEventView event = advanced.event();
        if (event.author().kind() != AuthorKind.AGENT) {
            return;
        }
        if (event.kind() == EventKind.NOTE || event.kind() == EventKind.ACT) {
            accepted(event.author().id(), event.conversation());
            return;
        }
        if (event.kind() == EventKind.ASSIGNEE && event.assigneeId() == null) {
            released(event.conversation(), event.author().id());
        } else {
            forget(event.conversation());
        }
    }

    void nothingToChange(@Observes NothingToChange act) {
        accepted(act.agent(), act.conversation());
    }

    /** Whoever puts it back does not get it again; nor do those who have had it before, until somebody keeps it. */
    private void released(UUID conversation, UUID agent) {
        database.createNativeMutationQuery(
                        "delete from routing_offer where conversation_id = :conversation and until is not null")
                .setParameter("conversation", conversation)
                .executeUpdate();
        database.createNativeMutationQuery("insert into routing_offer (conversation_id, agent_id, until)"
                        + " values (:conversation, :agent, null) on conflict do nothing")
                .setParameter("conversation", conversation)
                .setParameter("agent", agent)
                .executeUpdate();
    }

    void record(UUID conversation, UUID agent, int acceptWithin) {
        database.createNativeMutationQuery("insert into routing_offer (conversation_id, agent_id, until)"
                        + " values (:conversation, :agent, now() + make_interval(secs => :seconds))"
                        + " on conflict (conversation_id, agent_id) do update"
                        + " set offered_at = now(), until = excluded.until")
                .setParameter("conversation", conversation)
                .setParameter("agent", agent)
                .setParameter("seconds", (double) acceptWithin)
                .executeUpdate();
        database.createNativeMutationQuery(
                        "update agent_availability set last_offer_at = clock_timestamp() where agent_id = :agent")
                .setParameter("agent", agent)
                .executeUpdate();
    }

    /** One whose time is over. */
    Optional<Lapsed> nextLapsed() {
        return database.createNativeQuery(
                        "select conversation_id, agent_id from routing_offer where until <= now() order by until limit 1",
                        Object[].class)
                .getResultStream()
                .map(row -> new Lapsed((UUID) row[0], (UUID) row[1]))
                .findFirst();
    }

    /** @return false if it has been accepted meanwhile */
    boolean lapse(Lapsed offer) {
        return database.createNativeMutationQuery("update routing_offer set until = null"
                                + " where conversation_id = :conversation and agent_id = :agent and until <= now()")
                        .setParameter("conversation", offer.conversation())
                        .setParameter("agent", offer.agent())
                        .executeUpdate()
                == 1;
    }

    /** It is nobody's business here any more. */
    void forget(UUID conversation) {
        database.createNativeMutationQuery("delete from routing_offer where conversation_id = :conversation")
                .setParameter("conversation", conversation)
                .executeUpdate();
    }

    /** Who has been given each of them in vain, or has put it back; what nobody has is not in it. */
    Map<UUID, Set<UUID>> triedBy(Collection<UUID> conversations) {
        Map<UUID, Set<UUID>> tried = new HashMap<>();
        database.createNativeQuery(
                        "select conversation_id, agent_id from routing_offer where conversation_id = any(:conversations)",
                        Object[].class)
                .setParameter("conversations", conversations.toArray(UUID[]::new))
                .getResultStream()
                .forEach(row -> tried.computeIfAbsent((UUID) row[0], first -> new HashSet<>())
                        .add((UUID) row[1]));
        return tried;
    }

    Set<UUID> triedBy(UUID conversation) {
        return triedBy(List.of(conversation)).getOrDefault(conversation, Set.of());
    }
}
