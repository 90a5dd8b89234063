package io.replyloop.conversation;

import java.util.UUID;

/** How far each side has read, in the customers' numbering and in the agents'; announced when it changes. */
public record MarksMoved(
        UUID conversation, long customerReadPublic, long agentReadPublic, long customerRead, long agentRead) {}
