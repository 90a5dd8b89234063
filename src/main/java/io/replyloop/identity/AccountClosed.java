package io.replyloop.identity;

/** An account was deactivated. Fired inside the transaction. */
public record AccountClosed(SignedInAgent agent) {}
