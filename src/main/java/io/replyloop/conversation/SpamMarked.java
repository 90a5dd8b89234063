package io.replyloop.conversation;

import java.util.UUID;

/** A conversation is spam from now on, or is not any more; announced in the transaction that stores it. */
public record SpamMarked(UUID conversation, boolean spam) {}
