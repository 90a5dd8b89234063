package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether the team of a site is there at this moment. */
@Schema(name = "OpenNow")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenNow(
        @Schema(description = "Whether it is open now", examples = "false", required = true)
        boolean open,

        @Schema(description = "When it opens next; absent while it is open, and where no such day is in sight")
        Instant opensAt,

        @Schema(description = "When to ask again; absent where nothing changes")
        Instant changesAt,

        @Schema(description = "What customers read while it is closed, in English; may be empty")
        String offlineEn,

        @Schema(description = "The same in Chinese") String offlineZh) {}
