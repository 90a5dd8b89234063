package io.replyloop.identity;

import java.util.UUID;

/** A customer was blocked or unblocked. Fired inside the transaction. */
public record CustomerBlocking(UUID customer) {}
