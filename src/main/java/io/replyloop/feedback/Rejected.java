package io.replyloop.feedback;

import java.time.Instant;
import java.util.UUID;

/** A rejection that is stored. */
public record Rejected(UUID conversation, Instant at) {}
