package io.replyloop.dataset;

import java.time.Instant;
import java.util.UUID;

/** A labelled example as admins see it; {@code reply} is the text. */
public record ExampleView(
        long id, UUID conversation, String query, String reply, double label, boolean excluded, Instant createdAt) {}
