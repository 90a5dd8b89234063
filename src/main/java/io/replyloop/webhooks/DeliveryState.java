package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WireNames;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a delivery is. */
@Schema(name = "WebhookDeliveryState")
public enum DeliveryState {
    /** For its first try, for the next one, or for what comes before it in its conversation. */
    WAITING,
    DELIVERED,
    /** Given up: it was tried for a day, or the receiver wants nothing any more. Can be sent again. */
    DEAD;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }

    static DeliveryState named(String wireName) {
        return WireNames.find(DeliveryState.class, wireName)
                .orElseThrow(() -> new Problem(ProblemCode.INVALID, "The state is waiting, delivered or dead."));
    }
}
