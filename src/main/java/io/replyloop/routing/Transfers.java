package io.replyloop.routing;

import io.replyloop.conversation.Handover;
import io.replyloop.conversation.Handovers;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Posted;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Agents hand conversations over, with a word about it if they like. */
@ApplicationScoped
@Transactional
public class Transfers {
    private final Agents agents;
    private final Teams teams;
    private final Handovers handovers;

    Transfers(Agents agents, Teams teams, Handovers handovers) {
        this.agents = agents;
        this.teams = teams;
        this.handovers = handovers;
    }

    /** @param note null or blank for none */
    public Posted transfer(
            SignedInAgent agent, UUID conversation, UUID clientId, TransferTarget to, UUID target, String note) {
        MessageContent said = note == null || note.isBlank() ? null : MessageContent.of(note);
        Handover handover = handovers.isStored(clientId) ? asBefore(to, target) : handover(to, target);
        return handovers.give(agent, conversation, clientId, handover, said);
    }

    /** Only its ids count, and whoever they belong to may have left since. */
    private static Handover asBefore(TransferTarget to, UUID target) {
        return switch (to) {
            case AGENT -> Handover.toAgent(target, "");
            case TEAM -> Handover.toTeam(target, "");
            case QUEUE -> Handover.toQueue();
            case EVERYBODY -> Handover.toEverybody();
        };
    }

    private Handover handover(TransferTarget to, UUID target) {
        return switch (to) {
            case AGENT -> {
                SignedInAgent colleague = agents.stayingActive(target)
                        .orElseThrow(() -> new Problem(
                                ProblemCode.NOT_FOUND,
                                "There is no such colleague, or their account is closed; choose somebody else."));
                yield Handover.toAgent(colleague.id(), colleague.name());
            }
            case TEAM -> {
                TeamView team = teams.find(target)
                        .orElseThrow(() -> new Problem(
                                ProblemCode.NOT_FOUND, "There is no such team any more; choose another one."));
                yield Handover.toTeam(team.id(), team.name());
            }
            case QUEUE, EVERYBODY -> asBefore(to, null);
        };
    }
}
