package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What came of a test. */
@Schema(name = "WebhookTest")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TestView(
        @Schema(description = "Whether the receiver has taken it", required = true)
        boolean delivered,

        @Schema(description = "HTTP status of the answer; absent without one", examples = "200")
        Integer status,

        @Schema(description = "Why the receiver did not take it; absent if it did", examples = "unknown-host")
        Failure failure,

        @Schema(description = "How long it took, in milliseconds", examples = "84", required = true)
        long millis,

        @Schema(description = "How the answer began; absent where it was empty or there was none")
        String answer) {}
