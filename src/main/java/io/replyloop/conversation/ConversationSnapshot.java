package io.replyloop.conversation;

/** A conversation at one moment, with what a client needs to resume. */
public record ConversationSnapshot(ConversationSummary summary, long lastPublicSequence, MarksMoved marks) {}
