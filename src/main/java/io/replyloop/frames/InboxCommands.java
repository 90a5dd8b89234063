package io.replyloop.frames;

import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.Priority;
import java.util.Map;
import java.util.function.Function;

/** Parses the commands that keep the inbox in order. */
final class InboxCommands {
    static final Map<String, Function<FrameFields, AgentCommand>> TYPES = Map.of(
            "label", fields -> command(fields, InboxAct.label(fields.uuid("label"), fields.flag("on"))),
            "priority",
                    fields -> command(
                            fields, InboxAct.priority(Priority.named(fields.oneOf("priority", Priority.wireNames())))),
            "snooze", fields -> command(fields, InboxAct.snooze(fields.optionalTime("until"))),
            "spam", fields -> command(fields, InboxAct.spam(fields.flag("spam"))));

    private InboxCommands() {}

    private static AgentCommand command(FrameFields fields, InboxAct act) {
        return new AgentCommand.Inbox(fields.uuid("id"), fields.uuid("conversation"), act);
    }
}
