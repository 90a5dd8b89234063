package io.replyloop.conversation;

import java.util.UUID;

/** Fired when a customer has begun another conversation after this one, inside the transaction. */
public record ConversationSucceeded(UUID conversation) {}
