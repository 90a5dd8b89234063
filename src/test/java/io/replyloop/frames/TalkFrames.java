package io.replyloop.frames;

import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.Triage;
import io.replyloop.draft.DraftContent;
import io.replyloop.draft.DraftSave;
import io.replyloop.draft.DraftView;
import io.replyloop.feedback.AnswerOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the golden files hold about what goes with messages and notes beside their words. */
final class TalkFrames {
    private static final UUID ADA = UUID.fromString("0190f2ff-0c11-7d2e-8f00-6b1a2c3d4e5f");
    private static final UUID GRACE = UUID.fromString("0190f2ff-0c22-7d2e-8f00-6b1a2c3d4e60");
    private static final UUID FANG = UUID.fromString("0190f2ff-0c33-7d2e-8f00-6b1a2c3d4e61");
    private static final UUID ACT = UUID.fromString("a3b1c2d4-0e5f-4a6b-8c7d-9e0f1a2b3c4d");
    private static final UUID DRAFT = UUID.fromString("0190f3a1-8888-4c3d-9e2f-7a6b5c4d3e03");
    private static final String TAB = "0190f3a1-9999-4c3d-9e2f-7a6b5c4d3e04";
    private static final Instant AT = Instant.parse("2026-03-02T09:15:30.125Z");
    private static final String QUESTION = "Has it arrived?";
    private static final List<String> CHOICES = List.of("Yes", "Not yet", "还没有");
    private static final UUID REPLY = UUID.fromString("0190e000-1111-7222-8333-444455556666");
    private static final UUID IMPRESSION = UUID.fromString("0190f3a1-6c00-7b2a-a1b2-c3d4e5f60718");
    private static final String NOTE = "@Grace please look, 也请@王芳 看一下";

    private TalkFrames() {}

    private static ConversationEventView asks(UUID conversation) {
        return new ConversationEventView(
                conversation,
                8,
                6L,
                AT,
                EventKind.MESSAGE,
                new Author(AuthorKind.AGENT, ADA, "Ada"),
                ACT,
                QUESTION,
                null,
                null,
                null,
                null,
                null,
                null,
                CHOICES,
                null);
    }

    private static ConversationEventView names(UUID conversation) {
        return new ConversationEventView(
                conversation,
                9,
                null,
                AT,
                EventKind.NOTE,
                new Author(AuthorKind.AGENT, ADA, "Ada"),
                ACT,
                NOTE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new Person(GRACE, "Grace"), new Person(FANG, "王芳")));
    }

    private static DraftContent begun() {
        return new DraftContent("reply", QUESTION, null, null, 7L, CHOICES);
    }

    private static AgentFrame.Suggestions suggestions(UUID conversation) {
        AgentFrame.Suggestions.Suggestion asks =
                new AgentFrame.Suggestions.Suggestion(REPLY, "Arrival", QUESTION, null, 0.91, "high", null, CHOICES);
        return new AgentFrame.Suggestions(conversation, IMPRESSION, 7, List.of(asks), 3, 41.5);
    }

    static String forCustomers(FrameCodec codec, UUID conversation) {
        return codec.write(CustomerFrame.Event.of(asks(conversation)));
    }

    static Map<String, String> forAgents(FrameCodec codec, ConversationSummary summary) {
        UUID conversation = summary.id();
        Triage triage = new Triage(List.of(), null, null, null, null, null, List.of(GRACE, FANG), List.of(FANG));
        ConversationSummary named = new ConversationSummary(
                conversation,
                summary.status(),
                summary.customer(),
                summary.assignee(),
                summary.lastSequence(),
                summary.lastText(),
                summary.lastAuthor(),
                summary.updatedAt(),
                summary.waitingSince(),
                summary.createdAt(),
                null,
                null,
                triage,
                null);
        DraftView draft = new DraftView(DRAFT, 4712, TAB, 1_200, begun(), null);
        return Map.of(
                "event.mentions", codec.write(AgentFrame.Event.of(names(conversation))),
                "conversation.mentions", codec.write(new AgentFrame.InboxLine(named)),
                "suggestions.choices", codec.write(suggestions(conversation)),
                "event.choices", codec.write(AgentFrame.Event.of(asks(conversation))),
                "draft.choices", codec.write(new AgentFrame.Draft(conversation, 4712, draft)));
    }

    static Map<String, AgentCommand> fromAgents(UUID conversation) {
        DraftSave save = new DraftSave(ACT, TAB, null, Duration.ofMillis(350), begun(), null);
        return Map.of(
                "send.choices",
                        new AgentCommand.Send(
                                ACT,
                                conversation,
                                QUESTION,
                                List.of(),
                                CHOICES,
                                null,
                                null,
                                7L,
                                AnswerOrigin.UNTOLD,
                                null),
                "note.mentions", new AgentCommand.Note(ACT, conversation, NOTE, List.of(), List.of(GRACE, FANG), null),
                "draft.choices", new AgentCommand.Draft(ACT, conversation, save));
    }
}
