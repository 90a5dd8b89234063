package io.replyloop.conversation;

import java.util.UUID;

/** An agent has acted on a conversation that was as they wanted it already: nothing is stored, but they have looked at it. */
public record NothingToChange(UUID agent, UUID conversation) {}
