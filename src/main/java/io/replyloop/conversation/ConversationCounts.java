package io.replyloop.conversation;

/** How many conversations there are: open ones of the asking agent and of nobody, and all by status. */
public record ConversationCounts(long mine, long unassigned, long open, long resolved) {}
