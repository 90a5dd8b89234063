package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A line of a webhook's log. */
@Schema(name = "WebhookDelivery")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
        @Schema(
                description = "Its id, which the receiver gets as webhook-id, with each repeat the same",
                required = true)
        UUID id,

        @Schema(description = "What happened", examples = "message.created", required = true)
        EventType type,

        @Schema(description = "Id of the conversation in which it happened; absent for what is of none")
        UUID conversation,

        @Schema(
                description = "Counts what this webhook is told of the same conversation; 0 of a test",
                examples = "3",
                required = true)
        long sequence,

        @Schema(description = "How far it is", examples = "delivered", required = true)
        DeliveryState state,

        @Schema(description = "When it happened", required = true)
        Instant createdAt,

        @Schema(description = "How often it was sent", examples = "1", required = true)
        int attempts,

        @Schema(description = "When it was last sent; absent if it never was")
        Instant triedAt,

        @Schema(description = "When it is sent next; absent unless it is the first of its conversation that waits")
        Instant nextAt,

        @Schema(description = "HTTP status of the last answer; absent without one", examples = "200")
        Integer status,

        @Schema(description = "Why the receiver did not take it the last time; absent if it did", examples = "timeout")
        Failure failure,

        @Schema(description = "How long the last try took, in milliseconds", examples = "84")
        Long millis) {}
