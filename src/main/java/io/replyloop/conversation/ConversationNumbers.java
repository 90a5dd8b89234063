package io.replyloop.conversation;

import java.util.UUID;

/** How far a conversation has come, in the agents' numbering and in the customers'. */
public record ConversationNumbers(UUID conversation, long lastSequence, long lastPublicSequence) {}
