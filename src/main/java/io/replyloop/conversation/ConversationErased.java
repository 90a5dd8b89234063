package io.replyloop.conversation;

import java.util.UUID;

/** A conversation is gone for good. Fired inside the transaction. */
public record ConversationErased(UUID conversation) {}
