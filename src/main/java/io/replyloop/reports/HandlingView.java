package io.replyloop.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many conversations began, and how long it took until they were answered and resolved. */
@Schema(name = "ReportHandling")
record HandlingView(
        @Schema(description = "Conversations that began in the period", examples = "480", required = true)
        long begun,

        @Schema(description = "From a customer's first message to the team's first", required = true)
        Times firstResponses,

        @Schema(description = "From a customer's first message until it was resolved", required = true)
        Times resolutions,

        @Schema(description = "By day or week, all of them in order", required = true)
        List<Bucket> overTime) {

    @Schema(name = "ReportTimes")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Times(
            @Schema(description = "How many", examples = "120", required = true)
            long count,

            @Schema(description = "Half took at most so many seconds; absent without any", examples = "42.5")
            Double median,

            @Schema(description = "Nine of ten took at most so many seconds; absent without any", examples = "310")
            Double p90) {
        static final Times NONE = new Times(0, null, null);
    }

    @Schema(name = "ReportHandlingBucket")
    record Bucket(
            @Schema(description = "The day, or the first of the week", examples = "2026-11-02", required = true)
            LocalDate start,

            @Schema(description = "Conversations that began then", examples = "16", required = true)
            long begun,

            @Schema(description = "First responses to what was asked then", required = true)
            Times firstResponses,

            @Schema(description = "What was resolved then", required = true)
            Times resolutions) {}
}
