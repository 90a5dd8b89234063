package io.replyloop.frames;

import io.replyloop.conversation.Mentions;
import io.replyloop.conversation.MessageText;
import io.replyloop.conversation.Ratings;
import io.replyloop.draft.DraftContent;
import io.replyloop.draft.DraftOrigin;
import io.replyloop.draft.DraftSave;
import io.replyloop.draft.DraftText;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.feedback.RejectReason;
import io.replyloop.feedback.Source;
import io.replyloop.identity.FilledForm;
import io.replyloop.routing.TransferTarget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Parses each type of frame that a client may send. */
final class CommandTypes {
    /** With query and fragment, of which nothing is kept. */
    private static final int LONGEST_ADDRESS = 4_000;

    private static final int LONGEST_TAG = 100;

    static final Map<String, Function<FrameFields, CustomerCommand>> CUSTOMER = Map.of(
            "hello",
                    fields -> new CustomerCommand.Hello(
                            fields.text("token"), fields.sequence("after"), fields.optionalUuid("conversation")),
            "send",
                    fields -> new CustomerCommand.Send(
                            fields.uuid("id"),
                            fields.text("text"),
                            fields.attachments(),
                            fields.optionalFlag("begins", false)),
            "typing", fields -> new CustomerCommand.Typing(fields.flag("active")),
            "read",
                    fields ->
                            new CustomerCommand.Read(fields.sequence("sequence"), fields.optionalUuid("conversation")),
            "form",
                    fields -> new CustomerCommand.Form(new FilledForm(
                            fields.oneOf("language", "en", "zh").equals("zh"),
                            fields.texts("values", FilledForm.MOST_FIELDS, FilledForm.LONGEST))),
            "visit",
                    fields -> new CustomerCommand.Visit(
                            fields.optionalText("page", LONGEST_ADDRESS),
                            fields.optionalText("language", LONGEST_TAG),
                            fields.optionalAttributes("attributes")),
            "rate",
                    fields -> new CustomerCommand.Rate(
                            fields.uuid("id"),
                            fields.optionalUuid("conversation"),
                            fields.sequence("resolution"),
                            fields.optionalSmallNumber("score"),
                            fields.optionalText("comment", Ratings.LONGEST_COMMENT)),
            "ping", fields -> new CustomerCommand.Ping());

    static final Map<String, Function<FrameFields, AgentCommand>> AGENT = with(
            InboxCommands.TYPES,
            Map.ofEntries(
                    Map.entry(
                            "open",
                            fields -> new AgentCommand.Open(fields.uuid("conversation"), fields.sequence("after"))),
                    Map.entry("close", fields -> new AgentCommand.Close(fields.uuid("conversation"))),
                    Map.entry(
                            "send",
                            fields -> new AgentCommand.Send(
                                    fields.uuid("id"),
                                    fields.uuid("conversation"),
                                    fields.text("text"),
                                    fields.attachments(),
                                    fields.choices(),
                                    fields.optionalUuid("impression"),
                                    fields.optionalUuid("reply"),
                                    fields.optionalSequence("seen"),
                                    origin(fields),
                                    fields.optionalUuid("draft"))),
                    Map.entry(
                            "note",
                            fields -> new AgentCommand.Note(
                                    fields.uuid("id"),
                                    fields.uuid("conversation"),
                                    fields.text("text"),
                                    fields.attachments(),
                                    fields.uuids("mentions", Mentions.MOST),
                                    fields.optionalUuid("draft"))),
                    Map.entry(
                            "draft",
                            fields -> new AgentCommand.Draft(
                                    fields.uuid("id"), fields.uuid("conversation"), draft(fields))),
                    Map.entry(
                            "take",
                            fields -> new AgentCommand.Take(
                                    fields.uuid("id"),
                                    fields.uuid("conversation"),
                                    fields.optionalFlag("force", false))),
                    Map.entry(
                            "release",
                            fields -> new AgentCommand.Release(fields.uuid("id"), fields.uuid("conversation"))),
                    Map.entry("transfer", CommandTypes::transfer),
                    Map.entry("availability", fields -> new AgentCommand.Availability(fields.flag("away"))),
                    Map.entry("supervise", fields -> new AgentCommand.Supervise(fields.flag("active"))),
                    Map.entry(
                            "status",
                            fields -> new AgentCommand.Status(
                                    fields.uuid("id"),
                                    fields.uuid("conversation"),
                                    fields.oneOf("status", "open", "resolved"),
                                    fields.optionalSequence("seen"))),
                    Map.entry(
                            "reject",
                            fields -> new AgentCommand.Reject(
                                    fields.uuid("id"),
                                    fields.uuid("impression"),
                                    fields.uuid("reply"),
                                    fields.oneOf("reason", RejectReason.wireNames()),
                                    fields.optionalText("comment", RejectReason.LONGEST_COMMENT),
                                    fields.optionalSequence("onScreenMillis"))),
                    Map.entry(
                            "typing",
                            fields -> new AgentCommand.Typing(fields.uuid("conversation"), fields.flag("active"))),
                    Map.entry(
                            "read",
                            fields -> new AgentCommand.Read(fields.uuid("conversation"), fields.sequence("sequence"))),
                    Map.entry("ping", fields -> new AgentCommand.Ping())));

    private CommandTypes() {}

    private static <C> Map<String, Function<FrameFields, C>> with(
            Map<String, Function<FrameFields, C>> more, Map<String, Function<FrameFields, C>> types) {
        Map<String, Function<FrameFields, C>> all = new HashMap<>(types);
        all.putAll(more);
        return Map.copyOf(all);
    }

    private static DraftSave draft(FrameFields fields) {
        FrameFields origin = fields.optionalObject("origin");
        FrameFields aside = fields.optionalObject("aside");
        return new DraftSave(
                fields.uuid("id"),
                fields.text("client", DraftSave.LONGEST_CLIENT),
                fields.optionalUuid("base"),
                Duration.ofMillis(Math.min(fields.sequence("age"), DraftSave.LONGEST_AGE.toMillis())),
                new DraftContent(
                        mode(fields),
                        fields.text("text", DraftSave.LONGEST_TEXT),
                        origin == null ? null : draftOrigin(origin),
                        fields.optionalText("typed", AnswerOrigin.LONGEST_TYPED),
                        fields.optionalSequence("begunAt"),
                        fields.draftChoices()),
                aside == null ? null : new DraftText(mode(aside), aside.text("text", 2 * DraftSave.LONGEST_TEXT)));
    }

    private static DraftOrigin draftOrigin(FrameFields fields) {
        return new DraftOrigin(
                fields.optionalUuid("impression"),
                fields.uuid("reply"),
                fields.optionalText("title", DraftOrigin.LONGEST_TITLE),
                fields.optionalText("text", DraftOrigin.LONGEST_TEXT),
                fields.optionalOneOf("source", Source.wireNames()),
                fields.optionalText("search", AnswerOrigin.LONGEST_SEARCH));
    }

    private static String mode(FrameFields fields) {
        return fields.oneOf("mode", DraftText.REPLY, DraftText.NOTE);
    }

    private static AgentCommand transfer(FrameFields fields) {
        TransferTarget to = TransferTarget.named(fields.oneOf("to", TransferTarget.wireNames()));
        return new AgentCommand.Transfer(
                fields.uuid("id"),
                fields.uuid("conversation"),
                to,
                to.isSomebody() ? fields.uuid("target") : null,
                fields.optionalText("note", MessageText.MAX_LENGTH));
    }

    private static AnswerOrigin origin(FrameFields fields) {
        return new AnswerOrigin(
                Source.named(fields.optionalOneOf("source", Source.wireNames())),
                fields.optionalText("typed", AnswerOrigin.LONGEST_TYPED),
                fields.optionalText("search", AnswerOrigin.LONGEST_SEARCH),
                fields.optionalSequence("onScreenMillis"));
    }
}
