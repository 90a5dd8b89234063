package io.replyloop.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.conversation.ConversationSummary;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The team at this moment: who is there, what waits where, and who waits longest.
 *
 * @param queues the queue of no team first, then those of the teams by name
 * @param longest whoever holds them
 */
public record SupervisionView(List<ColleagueView> agents, List<Queue> queues, List<ConversationSummary> longest) {
    /**
     * A queue.
     *
     * @param team null for the one of no team
     * @param open all open conversations of the team, whoever holds them
     * @param unassigned those of them that nobody holds
     * @param waiting in how many of them, held or not, the customer waits
     * @param longest since when the one waits who has waited longest; null when nobody waits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Queue(UUID team, String name, long open, long unassigned, long waiting, Instant longest) {}
}
