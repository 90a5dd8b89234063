package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * How a customer found one resolution of a conversation.
 *
 * @param resolution the event that resolved it, as agents count
 * @param publicSequence the same event, as customers count
 * @param score 1 to 5; null when the customer would rather not say
 * @param comment null without one
 * @param changeableUntil until when the customer may change it; null without a score
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RatingView(
        UUID conversation,
        long resolution,
        long publicSequence,
        Integer score,
        String comment,
        Instant at,
        Instant changeableUntil) {}
