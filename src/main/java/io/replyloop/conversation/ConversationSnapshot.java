package io.replyloop.conversation;

/**
 * A conversation at one moment, with what a client needs to resume.
 *
 * @param follows whether the customer has earlier ones
 */
public record ConversationSnapshot(
        ConversationSummary summary, long lastPublicSequence, MarksMoved marks, boolean follows) {}
