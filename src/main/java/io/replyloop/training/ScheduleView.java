package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** The schedule on the wire; {@code nextFireAt} is for reading only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleView(
        Boolean enabled, String cron, String timeZone, Integer minimumExamples, Instant nextFireAt) {}
