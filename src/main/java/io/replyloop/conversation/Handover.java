package io.replyloop.conversation;

import io.replyloop.conversation.ConversationSummary.Person;
import java.util.List;
import java.util.UUID;

/**
 * To whom a conversation is to be given.
 *
 * @param holder who is to hold it; null for nobody
 * @param team whose queue it is to stand in; null for none
 * @param changesTeam whether {@code team} counts, or it stays where it is
 */
public record Handover(Person holder, Person team, boolean changesTeam) {
    /** To a colleague; its team stays. */
    public static Handover toAgent(UUID id, String name) {
        return new Handover(new Person(id, name), null, false);
    }

    /** Into the queue of a team. */
    public static Handover toTeam(UUID id, String name) {
        return new Handover(null, new Person(id, name), true);
    }

    /** Back into the queue that it came from. */
    public static Handover toQueue() {
        return new Handover(null, null, false);
    }

    /** Into the queue that belongs to no team. */
    public static Handover toEverybody() {
        return new Handover(null, null, true);
    }

    boolean changes(UUID heldBy, UUID ofTeam) {
        return !same(holder, heldBy) || (changesTeam && !same(team, ofTeam));
    }

    /** What an event that carries it out is recognised by. */
    Object content() {
        return content(holder == null ? null : holder.id(), team == null ? null : team.id());
    }

    static Object content(UUID holder, UUID team) {
        return team == null ? holder : List.of(team);
    }

    private static boolean same(Person person, UUID id) {
        return person == null ? id == null : person.id().equals(id);
    }
}
