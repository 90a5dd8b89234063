package io.replyloop.identity;

import java.util.UUID;

/** A customer was put on the block list or taken off it. Fired inside the transaction. */
public record CustomerBlocking(UUID customer) {}
