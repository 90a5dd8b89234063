package io.replyloop.frames;

import static io.replyloop.frames.GoldenEvents.act;
import static io.replyloop.frames.GoldenEvents.event;
import static io.replyloop.frames.GoldenEvents.message;
import static io.replyloop.frames.GoldenEvents.withFiles;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.ConversationSummary.Customer;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.ConversationSummary.Team;
import io.replyloop.conversation.ConversationSummary.WritesAs;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.MarksMoved;
import io.replyloop.conversation.Priority;
import io.replyloop.conversation.RatingView;
import io.replyloop.conversation.Triage;
import io.replyloop.draft.DraftContent;
import io.replyloop.draft.DraftOrigin;
import io.replyloop.draft.DraftSave;
import io.replyloop.draft.DraftText;
import io.replyloop.draft.DraftView;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.feedback.Source;
import io.replyloop.frames.AgentFrame.Suggestions.Suggestion;
import io.replyloop.frames.AgentFrame.Suggestions.Why;
import io.replyloop.identity.FilledForm;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GoldenFramesTest {
    static final UUID CONVERSATION = UUID.fromString("0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11");
    private static final UUID CUSTOMER = UUID.fromString("0190f3a1-4a2d-7f10-8b77-91d2c4e5f602");
    static final UUID ADA = UUID.fromString("0190f2ff-0c11-7d2e-8f00-6b1a2c3d4e5f");
    private static final UUID GRACE = UUID.fromString("0190f2ff-0c22-7d2e-8f00-6b1a2c3d4e60");
    static final UUID CUSTOMER_ACT = UUID.fromString("5f0c2f5e-8a1b-4c3d-9e2f-7a6b5c4d3e2f");
    private static final UUID AGENT_ACT = UUID.fromString("a3b1c2d4-0e5f-4a6b-8c7d-9e0f1a2b3c4d");
    private static final UUID IMPRESSION = UUID.fromString("0190f3a1-6c00-7b2a-a1b2-c3d4e5f60718");
    static final UUID PICTURE = UUID.fromString("0190f3a1-7777-4c3d-9e2f-7a6b5c4d3e01");
    static final UUID DOCUMENT = UUID.fromString("0190f3a1-7777-4c3d-9e2f-7a6b5c4d3e02");
    private static final UUID DRAFT = UUID.fromString("0190f3a1-8888-4c3d-9e2f-7a6b5c4d3e03");
    private static final String TAB = "0190f3a1-9999-4c3d-9e2f-7a6b5c4d3e04";
    private static final DraftText NOTE_ASIDE = new DraftText("note", "Ask the carrier");
    private static final DraftContent OWN_WORDS = new DraftContent("reply", "It is", null, null, null);
    private static final AttachmentLimits LIMITS = new AttachmentLimits(10_485_760, 10, List.of("png", "jpg", "pdf"));
    private static final UUID LABEL = UUID.fromString("0190e111-1111-7222-8333-444455556677");
    private static final UUID REPLY = UUID.fromString("0190e000-1111-7222-8333-444455556666");
    private static final UUID OTHER_REPLY = UUID.fromString("0190e000-7777-7888-8999-aaaabbbbcccc");
    static final Instant AT = Instant.parse("2026-03-02T09:15:30.125Z");
    private static final Instant BEGUN = Instant.parse("2026-03-02T09:14:02Z");
    static final String QUESTION = "My parcel has not arrived yet.";
    private static final String ANSWER = "It is on its way and arrives tomorrow.";
    private static final String NOTE = "Second parcel lost this week, tell the carrier.";

    static final Author BY_CUSTOMER = new Author(AuthorKind.CUSTOMER, CUSTOMER, "Wei");
    private static final Author BY_AGENT = new Author(AuthorKind.AGENT, ADA, "Ada");
    private static final Author BY_SYSTEM = new Author(AuthorKind.SYSTEM, null, "");
    private static final ConversationSummary SUMMARY = new ConversationSummary(
            CONVERSATION,
            ConversationStatus.OPEN,
            new Customer(CUSTOMER, "Wei", null),
            new Person(ADA, "Ada"),
            7,
            QUESTION,
            AuthorKind.CUSTOMER,
            AT,
            AT,
            BEGUN,
            null,
            null,
            null,
            null);
    private static final ConversationSnapshot SNAPSHOT =
            new ConversationSnapshot(SUMMARY, 5, new MarksMoved(CONVERSATION, 4, 5, 6, 5), true);

    private static final RatingView RATING =
            new RatingView(CONVERSATION, 9, 6, 4, "Quick and kind.", AT, AT.plus(Duration.ofDays(1)));
    private static final RatingView DISMISSED = new RatingView(CONVERSATION, 9, 6, null, null, AT, null);

    private static final InboxAct LABELLED = new InboxAct(InboxAct.What.LABELLED, LABEL, "Refund", null, null);
    private static final InboxAct URGENT = InboxAct.priority(Priority.URGENT);
    private static final InboxAct SNOOZED = InboxAct.snooze(AT.plus(Duration.ofHours(2)));

    private final FrameCodec codec = new FrameCodec();

    @Test
    void customers_receive_what_the_files_say() {
        ConversationEventView resolved =
                event(9, 6L, EventKind.STATUS, BY_AGENT, AGENT_ACT, null, ConversationStatus.RESOLVED, null);
        ConversationEventView taken = event(5, 3L, EventKind.ASSIGNEE, BY_AGENT, AGENT_ACT, null, null, "Ada");
        ConversationEventView unassigned = event(6, 4L, EventKind.ASSIGNEE, BY_SYSTEM, null, null, null, null);
        assertWritten(
                "customer/out",
                Map.ofEntries(
                        entry("welcome", codec.write(CustomerFrame.Welcome.of(SNAPSHOT, true, LIMITS))),
                        entry("welcome.new", codec.write(CustomerFrame.Welcome.toNewCustomer(false, null))),
                        entry("event", codec.write(CustomerFrame.Event.of(message(7, 5L)))),
                        entry("event.attachments", codec.write(CustomerFrame.Event.of(withFiles()))),
                        entry("event.choices", TalkFrames.forCustomers(codec, CONVERSATION)),
                        entry("event.status", codec.write(CustomerFrame.Event.of(resolved))),
                        entry("event.assignee", codec.write(CustomerFrame.Event.of(taken))),
                        entry("event.unassigned", codec.write(CustomerFrame.Event.of(unassigned))),
                        entry("ack", codec.write(new CustomerFrame.Ack(CUSTOMER_ACT, 5, AT, CONVERSATION))),
                        entry("typing", codec.write(new CustomerFrame.Typing("Ada", true))),
                        entry("read", codec.write(new CustomerFrame.Read(CONVERSATION, AuthorKind.AGENT, 5))),
                        entry("presence", codec.write(new CustomerFrame.Presence(true))),
                        entry("rated", codec.write(CustomerFrame.Rated.of(RATING))),
                        entry("queue", codec.write(new CustomerFrame.Queue(3, 240))),
                        entry("queue.left", codec.write(CustomerFrame.Queue.NOT_WAITING)),
                        entry("rated.dismissed", codec.write(CustomerFrame.Rated.of(DISMISSED))),
                        entry(
                                "problem",
                                codec.write(new CustomerFrame.ProblemFrame(
                                        "text-too-long",
                                        "A message has at most 8,000 characters; shorten it or send it in parts.",
                                        CUSTOMER_ACT,
                                        null))),
                        entry(
                                "problem.rate-limited",
                                codec.write(new CustomerFrame.ProblemFrame(
                                        "rate-limited",
                                        "Too many frames; wait a moment and send it again.",
                                        CUSTOMER_ACT,
                                        250L))),
                        entry("pong", codec.write(new CustomerFrame.Pong()))));
    }

    @Test
    void agents_receive_what_the_files_say() {
        ConversationEventView note = event(8, null, EventKind.NOTE, BY_AGENT, AGENT_ACT, NOTE, null, null);
        ConversationEventView resolved =
                event(9, 6L, EventKind.STATUS, BY_AGENT, AGENT_ACT, null, ConversationStatus.RESOLVED, null);
        ConversationEventView taken = event(5, 3L, EventKind.ASSIGNEE, BY_AGENT, AGENT_ACT, null, null, "Ada");
        ConversationEventView unassigned = event(6, 4L, EventKind.ASSIGNEE, BY_SYSTEM, null, null, null, null);
        ConversationSummary begun = new ConversationSummary(
                CONVERSATION,
                ConversationStatus.OPEN,
                new Customer(CUSTOMER, null, true, new WritesAs(GRACE, "Wei")),
                null,
                1,
                "你好，我的包裹还没到。",
                AuthorKind.CUSTOMER,
                AT,
                AT,
                AT,
                true,
                true,
                new Triage(
                        List.of(LABEL),
                        Priority.URGENT,
                        AT.plus(Duration.ofHours(2)),
                        null,
                        true,
                        "zh",
                        List.of(),
                        List.of()),
                new Team(RoutingFrames.TEAM, "Billing"));
        List<Suggestion> suggestions = List.of(
                new Suggestion(
                        REPLY,
                        "Parcel on its way",
                        ANSWER,
                        "delivery",
                        0.91,
                        "high",
                        new Why("before", QUESTION, new Person(GRACE, "Grace"), null),
                        null),
                new Suggestion(
                        OTHER_REPLY,
                        "Ask for the order number",
                        "Could you tell me your order number?",
                        null,
                        0.42,
                        "low",
                        new Why("words", null, null, List.of("order", "number")),
                        null));
        Map<String, String> written = Map.ofEntries(
                entry(
                        "welcome",
                        codec.write(AgentFrame.Welcome.of(
                                new SignedInAgent(ADA, "ada@example.org", "Ada", Role.AGENT), LIMITS))),
                entry(
                        "opened",
                        codec.write(AgentFrame.Opened.of(
                                SNAPSHOT, true, List.of(new Person(ADA, "Ada"), new Person(GRACE, "Grace")), null))),
                entry("opened.draft", codec.write(AgentFrame.Opened.of(SNAPSHOT, false, List.of(), noteBegun()))),
                entry("draft", codec.write(new AgentFrame.Draft(CONVERSATION, 4712, draft()))),
                entry("draft.gone", codec.write(new AgentFrame.Draft(CONVERSATION, 4713, null))),
                entry("event", codec.write(AgentFrame.Event.of(message(7, 5L)))),
                entry("rated", codec.write(AgentFrame.Rated.of(RATING))),
                entry("event.attachments", codec.write(AgentFrame.Event.of(withFiles()))),
                entry("erased", codec.write(new AgentFrame.Erased(CONVERSATION))),
                entry("event.note", codec.write(AgentFrame.Event.of(note))),
                entry("event.act", codec.write(AgentFrame.Event.of(act(10, BY_AGENT, LABELLED)))),
                entry("event.act.priority", codec.write(AgentFrame.Event.of(act(11, BY_AGENT, URGENT)))),
                entry("event.act.snoozed", codec.write(AgentFrame.Event.of(act(12, BY_AGENT, SNOOZED)))),
                entry("event.act.woken", codec.write(AgentFrame.Event.of(act(13, BY_SYSTEM, InboxAct.WOKEN)))),
                entry("labels", codec.write(new AgentFrame.LabelsChanged())),
                entry("customer", codec.write(new AgentFrame.CustomerChanged(CONVERSATION))),
                entry("event.status", codec.write(AgentFrame.Event.of(resolved))),
                entry("event.assignee", codec.write(AgentFrame.Event.of(taken))),
                entry("event.unassigned", codec.write(AgentFrame.Event.of(unassigned))),
                entry("ack", codec.write(new AgentFrame.Ack(AGENT_ACT, AT, CONVERSATION, 8L))),
                entry("ack.unchanged", codec.write(new AgentFrame.Ack(AGENT_ACT, AT, CONVERSATION, null))),
                entry("conversation", codec.write(new AgentFrame.InboxLine(SUMMARY))),
                entry("counts", codec.write(AgentFrame.Counts.of(new ConversationCounts(3, 12, 40, 1875, 9, 4, 6, 2)))),
                entry("conversation.new", codec.write(new AgentFrame.InboxLine(begun))),
                entry(
                        "suggestions",
                        codec.write(new AgentFrame.Suggestions(CONVERSATION, IMPRESSION, 7, suggestions, 3, 41.5))),
                entry("typing", codec.write(new AgentFrame.Typing(CONVERSATION, AuthorKind.CUSTOMER, "Wei", true))),
                entry("read", codec.write(new AgentFrame.Read(CONVERSATION, AuthorKind.CUSTOMER, 6))),
                entry(
                        "presence",
                        codec.write(new AgentFrame.Presence(CONVERSATION, false, List.of(new Person(ADA, "Ada"))))),
                entry(
                        "problem",
                        codec.write(new AgentFrame.ProblemFrame(
                                "thread-moved-on",
                                "Somebody else has written or done something here since; look, then send again.",
                                AGENT_ACT,
                                CONVERSATION,
                                null))),
                entry(
                        "problem.malformed-frame",
                        codec.write(new AgentFrame.ProblemFrame(
                                "malformed-frame",
                                "The frame is not a JSON object; send one object per text frame.",
                                null,
                                null,
                                null))),
                entry("pong", codec.write(new AgentFrame.Pong())));
        assertWritten(
                "agent/out",
                RoutingFrames.and(
                        RoutingFrames.and(written, TalkFrames.forAgents(codec, SUMMARY)),
                        RoutingFrames.written(codec, SUMMARY)));
    }

    @Test
    void what_customers_send_is_read_as_the_files_say() {
        Map<String, CustomerCommand> expected = Map.ofEntries(
                entry("hello", new CustomerCommand.Hello("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl", 4, CONVERSATION)),
                entry("send", new CustomerCommand.Send(CUSTOMER_ACT, QUESTION, List.of(), false)),
                entry("send.begins", new CustomerCommand.Send(CUSTOMER_ACT, QUESTION, List.of(), true)),
                entry(
                        "send.attachments",
                        new CustomerCommand.Send(CUSTOMER_ACT, "", List.of(PICTURE, DOCUMENT), false)),
                entry("typing", new CustomerCommand.Typing(true)),
                entry("read", new CustomerCommand.Read(5, CONVERSATION)),
                entry(
                        "form",
                        new CustomerCommand.Form(new FilledForm(false, Map.of("name", "Wei", "order-number", "4711")))),
                entry("read.unnamed", new CustomerCommand.Read(5, null)),
                entry("rate", new CustomerCommand.Rate(CUSTOMER_ACT, CONVERSATION, 6, 4, "Quick and kind.")),
                entry("rate.dismissed", new CustomerCommand.Rate(CUSTOMER_ACT, null, 6, null, null)),
                entry("visit", new CustomerCommand.Visit("https://shop.example/cart", "de-AT", null)),
                entry(
                        "visit.attributes",
                        new CustomerCommand.Visit(null, null, Map.of("plan", "gold", "orders", 3, "trial", false))),
                entry("ping", new CustomerCommand.Ping()));
        Map<String, String> files = GoldenFiles.in("customer/in");
        assertThat(files).hasSameSizeAs(expected);
        files.forEach(
                (name, text) -> assertThat(codec.customerCommand(text)).as(name).isEqualTo(expected.get(name)));
    }

    @Test
    void what_agents_send_is_read_as_the_files_say() {
        AgentCommand withPicture = new AgentCommand.Send(
                AGENT_ACT,
                CONVERSATION,
                ANSWER,
                List.of(PICTURE),
                List.of(),
                null,
                null,
                7L,
                AnswerOrigin.UNTOLD,
                DRAFT);
        Map<String, AgentCommand> others = Map.ofEntries(
                entry("open", new AgentCommand.Open(CONVERSATION, 5)),
                entry("close", new AgentCommand.Close(CONVERSATION)),
                entry("send", send(IMPRESSION, REPLY, 7L, AnswerOrigin.UNTOLD)),
                entry("send.own", send(null, null, null, AnswerOrigin.UNTOLD)),
                entry(
                        "send.edited",
                        send(IMPRESSION, REPLY, 7L, new AnswerOrigin(Source.SUGGESTION, "It is on", null, 5_200L))),
                entry(
                        "send.searched",
                        send(IMPRESSION, REPLY, null, new AnswerOrigin(Source.SEARCH, null, "on its way", null))),
                entry("note", new AgentCommand.Note(AGENT_ACT, CONVERSATION, NOTE, List.of(), List.of(), null)),
                entry(
                        "note.attachments",
                        new AgentCommand.Note(AGENT_ACT, CONVERSATION, NOTE, List.of(DOCUMENT), List.of(), DRAFT)),
                entry("draft", new AgentCommand.Draft(AGENT_ACT, CONVERSATION, save(DRAFT, content(), NOTE_ASIDE))),
                entry("draft.first", new AgentCommand.Draft(AGENT_ACT, CONVERSATION, save(null, OWN_WORDS, null))),
                entry("send.attachments", withPicture),
                entry("take", new AgentCommand.Take(AGENT_ACT, CONVERSATION, false)),
                entry("take.force", new AgentCommand.Take(AGENT_ACT, CONVERSATION, true)),
                entry("release", new AgentCommand.Release(AGENT_ACT, CONVERSATION)),
                entry("status", new AgentCommand.Status(AGENT_ACT, CONVERSATION, "resolved", 7L)),
                entry(
                        "reject",
                        new AgentCommand.Reject(
                                AGENT_ACT, IMPRESSION, REPLY, "outdated", "We changed the carrier in January.", null)),
                entry("reject.timed", new AgentCommand.Reject(AGENT_ACT, IMPRESSION, REPLY, "wrong", null, 900L)),
                entry("label", new AgentCommand.Inbox(AGENT_ACT, CONVERSATION, InboxAct.label(LABEL, true))),
                entry("label.off", new AgentCommand.Inbox(AGENT_ACT, CONVERSATION, InboxAct.label(LABEL, false))),
                entry("priority", new AgentCommand.Inbox(AGENT_ACT, CONVERSATION, URGENT)),
                entry("snooze", new AgentCommand.Inbox(AGENT_ACT, CONVERSATION, SNOOZED)),
                entry("snooze.end", new AgentCommand.Inbox(AGENT_ACT, CONVERSATION, InboxAct.WOKEN)),
                entry("spam", new AgentCommand.Inbox(AGENT_ACT, CONVERSATION, InboxAct.spam(true))),
                entry("typing", new AgentCommand.Typing(CONVERSATION, true)),
                entry("read", new AgentCommand.Read(CONVERSATION, 7)),
                entry("ping", new AgentCommand.Ping()));
        Map<String, AgentCommand> expected = RoutingFrames.and(
                RoutingFrames.and(others, TalkFrames.fromAgents(CONVERSATION)), RoutingFrames.received(CONVERSATION));
        Map<String, String> files = GoldenFiles.in("agent/in");
        assertThat(files).hasSameSizeAs(expected);
        files.forEach(
                (name, text) -> assertThat(codec.agentCommand(text)).as(name).isEqualTo(expected.get(name)));
    }

    private static AgentCommand send(UUID impression, UUID reply, Long seen, AnswerOrigin origin) {
        return new AgentCommand.Send(
                AGENT_ACT, CONVERSATION, ANSWER, List.of(), List.of(), impression, reply, seen, origin, null);
    }

    private static DraftContent content() {
        DraftOrigin origin = new DraftOrigin(IMPRESSION, REPLY, "Parcel on its way", ANSWER, "suggestion", null);
        return new DraftContent("reply", "It is on its way, Wei.", origin, "It is on", 7L);
    }

    private static DraftView draft() {
        return new DraftView(DRAFT, 4712, TAB, 1_200, content(), NOTE_ASIDE);
    }

    private static DraftView noteBegun() {
        DraftContent note = new DraftContent("note", NOTE, null, null, null);
        return new DraftView(DRAFT, 4711, TAB, 86_400_000, note, null);
    }

    private static DraftSave save(UUID base, DraftContent content, DraftText aside) {
        return new DraftSave(AGENT_ACT, TAB, base, Duration.ofMillis(350), content, aside);
    }

    private static void assertWritten(String folder, Map<String, String> written) {
        Map<String, String> files = GoldenFiles.in(folder);
        assertThat(written.keySet()).isEqualTo(files.keySet());
        written.forEach((name, text) -> assertThat(GoldenFiles.tree(text))
                .as(folder + "/" + name)
                .isEqualTo(GoldenFiles.tree(files.get(name))));
    }
}
