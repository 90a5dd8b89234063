package io.replyloop.frames;

import java.util.UUID;

/** A frame from a client. */
public sealed interface Command permits CustomerCommand, AgentCommand {
    /** The client's UUID for an action that is stored; null for others. */
    default UUID id() {
        return null;
    }

    /** The conversation that the command concerns, if the client names one. */
    default UUID conversation() {
        return null;
    }
}
