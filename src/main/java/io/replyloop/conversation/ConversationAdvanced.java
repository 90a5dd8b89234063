package io.replyloop.conversation;

import java.util.UUID;

/** Announced in the transaction that stores an event; listen after its success. */
public record ConversationAdvanced(UUID conversation, ConversationEventView event) {}
