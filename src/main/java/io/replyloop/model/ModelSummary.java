package io.replyloop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/** A model version on the wire. {@code parent} is the number of the version that it was trained from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelSummary(
        UUID id,
        long number,
        String origin,
        Long parent,
        Instant createdAt,
        JsonNode metrics,
        boolean serving,
        Instant promotedAt,
        UUID promotedBy) {}
