package io.replyloop.feedback;

import java.time.Instant;
import java.util.UUID;

/** A stored rejection. */
public record Rejected(UUID conversation, Instant at) {}
