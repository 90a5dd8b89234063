package io.replyloop.reports;

import io.replyloop.reports.ReportView.Bucket;
import io.replyloop.reports.ReportView.Counts;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The figures of a report that stand on the first page, beside those of as many days before. */
@Schema(name = "ReportSummary")
public record SummaryView(
        @Schema(description = "First day", examples = "2026-11-01", required = true)
        LocalDate from,

        @Schema(description = "Last day, which is today", examples = "2026-11-30", required = true)
        LocalDate to,

        @Schema(
                description = "Whose days they are: the time zone of the training schedule",
                examples = "Europe/Berlin",
                required = true)
        String timeZone,

        @Schema(description = "Of these days", required = true)
        Figures now,

        @Schema(description = "Of as many days before", required = true)
        Figures before) {

    @Schema(name = "ReportFigures")
    record Figures(
            @Schema(description = "All questions", required = true)
            Counts total,

            @Schema(description = "Questions by day", required = true)
            List<Bucket> overTime,

            @Schema(description = "Conversations and how long they took", required = true)
            HandlingView handling,

            @Schema(
                    description = "How customers found their conversations, without telling agents apart",
                    required = true)
            SatisfactionView satisfaction) {}
}
