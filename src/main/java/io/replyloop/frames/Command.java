package io.replyloop.frames;

import java.util.UUID;

/** A frame from a client. */
public sealed interface Command permits CustomerCommand, AgentCommand {
    /** The UUID of an act that is stored; null for others. */
    default UUID id() {
        return null;
    }

    /** The conversation that it is about, where the client names one. */
    default UUID conversation() {
        return null;
    }
}
