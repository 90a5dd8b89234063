package io.replyloop.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How customers found their conversations. */
@Schema(name = "ReportSatisfaction")
record SatisfactionView(
        @Schema(description = "All ratings of the period", required = true)
        Scores total,

        @Schema(description = "By day or week, all of them in order", required = true)
        List<Bucket> overTime,

        @Schema(
                description = "By the agent who resolved; empty where reports do not tell agents apart",
                required = true)
        List<OfAgent> agents) {

    @Schema(name = "ReportScores")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Scores(
            @Schema(description = "Ratings", examples = "40", required = true)
            long count,

            @Schema(description = "Ratings of 4 or 5", examples = "34", required = true)
            long satisfied,

            @Schema(description = "Ratings of 1 or 2", examples = "2", required = true)
            long dissatisfied,

            @Schema(description = "Mean of the scores; absent without one", examples = "4.3")
            Double mean) {
        static final Scores NONE = new Scores(0, 0, 0, null);
    }

    @Schema(name = "ReportScoresBucket")
    record Bucket(
            @Schema(description = "The day, or the first of the week", examples = "2026-11-02", required = true)
            LocalDate start,

            @Schema(description = "Its ratings", required = true)
            Scores scores) {}

    @Schema(name = "ReportScoresOfAgent")
    record OfAgent(
            @Schema(description = "Account", required = true)
            UUID id,

            @Schema(description = "Name", examples = "Ada", required = true)
            String name,

            @Schema(description = "Ratings of what they resolved", required = true)
            Scores scores) {}
}
