package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A line of the log with what was sent and answered. */
@Schema(name = "WebhookDeliveryDetails")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryDetails(
        @Schema(description = "The line", required = true) DeliveryView delivery,

        @Schema(description = "What is sent, byte for byte", required = true)
        String body,

        @Schema(description = "How the last answer began; absent where it was empty or there was none")
        String answer) {}
