package io.replyloop.conversation;

import io.replyloop.conversation.ConversationSummary.Person;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Colleagues whom a note names with an @, and whether they have seen it. */
@ApplicationScoped
@Transactional
public class Mentions {
    public static final int MOST = 20;

    private final Session session;
    private final Event<InboxLineChanged> lineChanged;

    Mentions(Session session, Event<InboxLineChanged> lineChanged) {
        this.session = session;
        this.lineChanged = lineChanged;
    }

    /** Those of the agents whom the text names, by their names of now. Whoever has left the team stays words of the text. */
    public List<Person> in(String text, List<UUID> agents) {
        if (agents.isEmpty()) {
            return List.of();
        }
        return session.createNativeQuery(
                        "select id, name from agent_account where id = any(:ids) and active order by name, id",
                        Tuple.class)
                .setParameter("ids", agents.toArray(UUID[]::new))
                .getResultStream()
                .map(row -> new Person(row.get("id", UUID.class), row.get("name", String.class)))
                .filter(agent -> names(text, agent.name()))
                .toList();
    }

    /** The agent has seen everything up to this event. */
    public void seen(UUID agent, UUID conversation, long sequence) {
        int changed = session.createNativeMutationQuery("""
                        update conversation set mention_unread = array_remove(mention_unread, cast(:agent as uuid))
                         where id = :id and mention_unread @> array[cast(:agent as uuid)]
                           and last_mention_sequence <= :sequence
                        """)
                .setParameter("agent", agent)
                .setParameter("id", conversation)
                .setParameter("sequence", sequence)
                .executeUpdate();
        if (changed > 0) {
            lineChanged.fire(new InboxLineChanged(conversation));
        }
    }

    /** Whoever has left sees nothing any more. In one order, so that two who leave at once do not wait for each other. */
    void left(UUID agent) {
        session.createNativeMutationQuery("""
                        update conversation c set mention_unread = array_remove(c.mention_unread, cast(:agent as uuid))
                          from (select id from conversation
                                 where mention_unread <> '{}' and mention_unread @> array[cast(:agent as uuid)]
                                 order by id for update) mentioning
                         where c.id = mentioning.id
                        """).setParameter("agent", agent).executeUpdate();
    }

    private static boolean names(String text, String name) {
        return text.contains("@" + name) || text.contains("＠" + name);
    }
}
