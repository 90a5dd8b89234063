package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The schedule on the wire; {@code nextFireAt} is for reading only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleView(
        @Schema(description = "Whether runs start by themselves", examples = "true")
        Boolean enabled,

        @Schema(description = "When, as a cron expression of five fields", examples = "0 3 * * *")
        String cron,

        @Schema(description = "In which time zone the expression is read", examples = "Europe/Berlin")
        String timeZone,

        @Schema(description = "How many new examples it takes", examples = "50")
        Integer minimumExamples,

        @Schema(description = "When a run starts next; absent when none will. Ignored when sent")
        Instant nextFireAt) {}
