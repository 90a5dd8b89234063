package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook as admins see it, without its secret. */
@Schema(name = "Webhook")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookView(
        @Schema(description = "Id of the webhook", required = true)
        UUID id,

        @Schema(description = "What people call it", examples = "CRM", required = true)
        String name,

        @Schema(description = "Where it is sent", examples = "https://example.com/hooks", required = true)
        String url,

        @Schema(description = "What it is told of", required = true)
        List<EventType> types,

        @Schema(description = "How much of what people write goes along", examples = "none", required = true)
        Texts texts,

        @Schema(description = "false while nothing is sent, and what happens is not kept for it", required = true)
        boolean enabled,

        @Schema(description = "How it goes", examples = "delivering", required = true)
        State state,

        @Schema(description = "Since when the receiver has taken nothing; absent while it does")
        Instant failingSince,

        @Schema(description = "When the receiver last took something, to a few seconds; absent if it never did")
        Instant deliveredAt,

        @Schema(description = "Events that wait for it", examples = "0", required = true)
        long waiting,

        @Schema(description = "Events that were given up and can be sent again", examples = "0", required = true)
        long dead,

        @Schema(description = "Until when it signs with the secret before as well; absent when it does not")
        Instant previousSecretUntil) {

    /** How it goes. */
    @Schema(name = "WebhookState")
    public enum State {
        /** Nothing was sent yet. */
        UNUSED,
        DELIVERING,
        FAILING,
        /** By an admin. */
        OFF,
        /** By itself, because the receiver has taken nothing for days. */
        GIVEN_UP;

        @JsonValue
        public String wireName() {
            return WireNames.of(this);
        }
    }
}
