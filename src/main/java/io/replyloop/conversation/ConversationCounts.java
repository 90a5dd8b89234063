package io.replyloop.conversation;

/**
 * How many conversations there are: open ones of the asking agent and of nobody, and all by status.
 *
 * @param waiting open ones, of the asking agent or of nobody, in which a customer waits for an answer
 */
public record ConversationCounts(long mine, long unassigned, long open, long resolved, long waiting) {}
