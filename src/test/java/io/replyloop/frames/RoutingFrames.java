package io.replyloop.frames;

import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.EventKind;
import io.replyloop.routing.AgentState;
import io.replyloop.routing.ColleagueView;
import io.replyloop.routing.SupervisionView;
import io.replyloop.routing.SupervisionView.Queue;
import io.replyloop.routing.TransferTarget;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the golden files hold about handing over, about who is there, and about the team. */
final class RoutingFrames {
    static final UUID TEAM = UUID.fromString("0190e111-1111-7222-8333-444455556666");

    private static final UUID ADA = UUID.fromString("0190f2ff-0c11-7d2e-8f00-6b1a2c3d4e5f");
    private static final UUID GRACE = UUID.fromString("0190f2ff-0c22-7d2e-8f00-6b1a2c3d4e60");
    private static final UUID ACT = UUID.fromString("a3b1c2d4-0e5f-4a6b-8c7d-9e0f1a2b3c4d");
    private static final Instant AT = Instant.parse("2026-03-02T09:15:30.125Z");
    private static final String NOTE = "Second parcel lost this week, tell the carrier.";

    private RoutingFrames() {}

    private static Map<String, AgentFrame> sent(ConversationSummary summary) {
        UUID conversation = summary.id();
        Author ada = new Author(AuthorKind.AGENT, ADA, "Ada");
        Person billing = new Person(TEAM, "Billing");
        ConversationEventView toTeam = new ConversationEventView(
                conversation,
                10,
                7L,
                AT,
                EventKind.ASSIGNEE,
                ada,
                ACT,
                null,
                null,
                null,
                null,
                billing,
                null,
                null,
                null,
                null);
        SupervisionView now = new SupervisionView(
                List.of(
                        new ColleagueView(ADA, "Ada", AgentState.AVAILABLE, summary.createdAt(), 3, 1, 5),
                        new ColleagueView(GRACE, "Grace", AgentState.OFFLINE, null, 0, 0, 5)),
                List.of(new Queue(null, null, 4, 1, 2, AT), new Queue(TEAM, "Billing", 0, 0, 0, null)),
                List.of(summary));
        return Map.of(
                "event.team", AgentFrame.Event.of(toTeam),
                "availability", new AgentFrame.Availability(true),
                "supervision", AgentFrame.Supervision.of(now));
    }

    static Map<String, String> written(FrameCodec codec, ConversationSummary summary) {
        Map<String, String> written = new HashMap<>();
        sent(summary).forEach((name, frame) -> written.put(name, codec.write(frame)));
        return written;
    }

    static Map<String, AgentCommand> received(UUID conversation) {
        return Map.of(
                "transfer", new AgentCommand.Transfer(ACT, conversation, TransferTarget.AGENT, GRACE, NOTE),
                "transfer.team", new AgentCommand.Transfer(ACT, conversation, TransferTarget.TEAM, TEAM, null),
                "transfer.queue", new AgentCommand.Transfer(ACT, conversation, TransferTarget.QUEUE, null, NOTE),
                "transfer.everybody",
                        new AgentCommand.Transfer(ACT, conversation, TransferTarget.EVERYBODY, null, null),
                "availability", new AgentCommand.Availability(true),
                "supervise", new AgentCommand.Supervise(true));
    }

    static <T> Map<String, T> and(Map<String, T> some, Map<String, T> more) {
        Map<String, T> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
