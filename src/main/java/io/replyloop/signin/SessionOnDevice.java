package io.replyloop.signin;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A place where somebody is signed in. */
@Schema(name = "SessionOnDevice")
public record SessionOnDevice(
        @Schema(description = "Id of the session, which grants no access", examples = "9f86d081", required = true)
        String id,

        @Schema(description = "The browser, where it is known", examples = "Firefox")
        String browser,

        @Schema(description = "The operating system, where it is known", examples = "Windows")
        String system,

        @Schema(description = "When they signed in", required = true)
        Instant createdAt,

        @Schema(description = "When it was last used, to the minute", required = true)
        Instant lastSeenAt,

        @Schema(description = "Whether this request belongs to it", examples = "true", required = true)
        boolean current) {}
