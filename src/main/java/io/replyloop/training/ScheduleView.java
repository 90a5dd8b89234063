package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The schedule on the wire; {@code changedAt} and {@code nextFireAt} are for reading only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleView(
        @Schema(description = "Whether runs start by themselves", examples = "true")
        Boolean enabled,

        @Schema(description = "When, as a cron expression of five fields", examples = "0 3 * * *")
        String cron,

        @Schema(
                description = "In which time zone the expression and the quiet hours are read",
                examples = "Europe/Berlin")
        String timeZone,

        @Schema(description = "How many new decisions of agents it takes", examples = "50")
        Integer minimumDecisions,

        @Schema(
                description = "Start of the quiet hours, in which no run works; absent where there are none",
                examples = "08:00")
        String quietFrom,

        @Schema(description = "End of the quiet hours; before their start, it is on the next day", examples = "18:30")
        String quietUntil,

        @Schema(
                description = "Minutes that a run may learn, by schedule or by hand; absent where there is no limit",
                examples = "120")
        Integer maximumMinutes,

        @Schema(
                description = "Cores that a run may use, by schedule or by hand; absent where the server decides",
                examples = "1")
        Integer cores,

        @Schema(description = "When an admin saved it last; absent when none has. Ignored when sent")
        Instant changedAt,

        @Schema(description = "When a run starts next; absent when none will. Ignored when sent")
        Instant nextFireAt) {}
