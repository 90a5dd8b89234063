package io.replyloop.frames;

import io.replyloop.conversation.InboxAct;
import io.replyloop.draft.DraftSave;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.routing.TransferTarget;
import java.util.List;
import java.util.UUID;

/** The commands of an agent's console. The {@code draft} of a message is the one that it was written as, and that goes with it. */
public sealed interface AgentCommand extends Command {
    record Open(UUID conversation, long after) implements AgentCommand {}

    record Close(UUID conversation) implements AgentCommand {}

    record Send(
            UUID id,
            UUID conversation,
            String text,
            List<UUID> attachments,
            List<String> choices,
            UUID impression,
            UUID reply,
            Long seen,
            AnswerOrigin origin,
            UUID draft)
            implements AgentCommand {}

    record Note(UUID id, UUID conversation, String text, List<UUID> attachments, List<UUID> mentions, UUID draft)
            implements AgentCommand {}

    /** What stands in the editor; the id is that of this state. */
    record Draft(UUID id, UUID conversation, DraftSave save) implements AgentCommand {}

    record Take(UUID id, UUID conversation, boolean force) implements AgentCommand {}

    record Release(UUID id, UUID conversation) implements AgentCommand {}

    record Transfer(UUID id, UUID conversation, TransferTarget to, UUID target, String note) implements AgentCommand {}

    record Status(UUID id, UUID conversation, String status, Long seen) implements AgentCommand {}

    /** Labels, priority, snoozing or spam: each has a type on the wire. */
    record Inbox(UUID id, UUID conversation, InboxAct act) implements AgentCommand {}

    record Reject(UUID id, UUID impression, UUID reply, String reason, String comment, Long onScreenMillis)
            implements AgentCommand {}

    record Typing(UUID conversation, boolean active) implements AgentCommand {}

    record Read(UUID conversation, long sequence) implements AgentCommand {}

    record Availability(boolean away) implements AgentCommand {}

    record Supervise(boolean active) implements AgentCommand {}

    record Ping() implements AgentCommand {}
}
