package io.replyloop.routing;

import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.WaitingConversations;
import io.replyloop.conversation.WaitingConversations.Share;
import io.replyloop.routing.SupervisionView.Queue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a supervisor sees, read in a few statements whatever the size of the team. */
@ApplicationScoped
@Transactional
public class Supervision {
    private static final int LONGEST = 10;

    private final Availability availability;
    private final Teams teams;
    private final WaitingConversations waiting;
    private final ConversationService conversations;

    Supervision(
            Availability availability, Teams teams, WaitingConversations waiting, ConversationService conversations) {
        this.availability = availability;
        this.teams = teams;
        this.waiting = waiting;
        this.conversations = conversations;
    }

    public SupervisionView now() {
        List<UUID> longest = waiting.longest(LONGEST);
        List<ConversationSummary> lines = conversations.summaries(longest).stream()
                .sorted(Comparator.comparing(summary -> longest.indexOf(summary.id())))
                .toList();
        return new SupervisionView(availability.colleagues(), queues(), lines);
    }

    /** The queue of no team first, then those of the teams by name. */
    public List<Queue> queues() {
        List<Share> shares = waiting.shares();
        List<TeamView> open = teams.list();
        Set<UUID> known = open.stream().map(TeamView::id).collect(Collectors.toSet());
        List<Queue> queues = new ArrayList<>();
        // What belongs to a closed team is everybody's.
        queues.add(queue(
                null,
                null,
                shares.stream()
                        .filter(share -> share.team() == null || !known.contains(share.team()))
                        .toList()));
        for (TeamView team : open) {
            queues.add(queue(
                    team.id(),
                    team.name(),
                    shares.stream()
                            .filter(share -> team.id().equals(share.team()))
                            .toList()));
        }
        return queues;
    }

    private static Queue queue(UUID team, String name, List<Share> shares) {
        return new Queue(
                team,
                name,
                shares.stream().mapToLong(Share::open).sum(),
                shares.stream()
                        .filter(share -> share.agent() == null)
                        .mapToLong(Share::open)
                        .sum(),
                shares.stream().mapToLong(Share::waiting).sum(),
                shares.stream()
                        .map(Share::longest)
                        .filter(at -> at != null)
                        .min(Comparator.<Instant>naturalOrder())
                        .orElse(null));
    }
}
