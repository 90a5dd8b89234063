package io.replyloop.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A report about a period. */
@Schema(name = "Report")
record ReportView(
        @Schema(description = "First day", examples = "2026-11-01", required = true)
        LocalDate from,

        @Schema(description = "Last day", examples = "2026-11-30", required = true)
        LocalDate to,

        @Schema(
                description = "Whose days they are: the time zone of the training schedule",
                examples = "Europe/Berlin",
                required = true)
        String timeZone,

        @Schema(description = "What the rows by time are: day or week, from Monday", examples = "day", required = true)
        String unit,

        @Schema(description = "Whether reports tell agents apart", examples = "true", required = true)
        boolean byAgent,

        @Schema(description = "All questions of the period", required = true)
        Counts total,

        @Schema(description = "How often a suggestion was taken", required = true)
        Change acceptance,

        @Schema(description = "By day or week, all of them in order", required = true)
        List<Bucket> overTime,

        @Schema(description = "By reply, the most used first; at most 200", required = true)
        List<ReplyRow> replies,

        @Schema(description = "By the first category of the reply that answered", required = true)
        List<NamedRow> categories,

        @Schema(description = "By agent; empty where reports do not tell them apart", required = true)
        List<AgentRow> agents,

        @Schema(description = "By the model that ranked; 0 is the first stage alone", required = true)
        List<ModelRow> models,

        @Schema(description = "How long answers took", required = true)
        List<ResponseRow> responses,

        @Schema(description = "How long answers took, by day or week", required = true)
        List<ResponseBucket> responsesOverTime,

        @Schema(description = "Conversations that began, and how long they took", required = true)
        HandlingView handling,

        @Schema(description = "How customers found their conversations", required = true)
        SatisfactionView satisfaction,

        @Schema(description = "How far the knowledge base reaches", required = true)
        Coverage coverage,

        @Schema(description = "What learning has brought", required = true)
        Learning learning) {

    @Schema(name = "ReportCounts")
    record Counts(
            @Schema(description = "Questions of customers", examples = "500", required = true)
            long questions,

            @Schema(description = "Of these, without any suggestion", examples = "60", required = true)
            long silent,

            @Schema(description = "Of the questions, answered", examples = "418", required = true)
            long answers,

            @Schema(description = "Answers: a suggestion as it was", examples = "210", required = true)
            long sent,

            @Schema(description = "Answers: a suggestion that was changed", examples = "50", required = true)
            long edited,

            @Schema(description = "Answers: a reply that was not suggested", examples = "40", required = true)
            long lookedUp,

            @Schema(description = "Answers: the agent's own text", examples = "118", required = true)
            long own,

            @Schema(description = "Questions for which a suggestion was rejected", examples = "20", required = true)
            long rejected) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

        long taken() {
            return sent + edited;
        }
    }

    /** A share, and how it has changed; what cannot be told is absent. */
    @Schema(name = "ReportChange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            @Schema(description = "Answers", examples = "418", required = true)
            long count,

            @Schema(description = "Conversations with an answer", examples = "200", required = true)
            long conversations,

            @Schema(description = "Share, 0 to 1; absent without an answer", examples = "0.62")
            Double share,

            @Schema(description = "The true share lies within so much, in 95 of 100 cases", examples = "0.05")
            Double margin,

            @Schema(description = "Answers in as many days before", examples = "390", required = true)
            long countBefore,

            @Schema(description = "Share then", examples = "0.57")
            Double shareBefore,

            @Schema(
                    description = "Lower bound of the change; absent where there are too few answers",
                    examples = "-0.01")
            Double low,

            @Schema(description = "Upper bound of the change", examples = "0.11")
            Double high) {}

    @Schema(name = "ReportBucket")
    record Bucket(
            @Schema(description = "The day, or the first of the week", examples = "2026-11-02", required = true)
            LocalDate start,

            @Schema(description = "Its questions", required = true)
            Counts counts) {}

    @Schema(name = "ReportReply")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReplyRow(
            @Schema(description = "Reply", required = true) UUID id,

            @Schema(description = "Title", examples = "Returns", required = true)
            String title,

            @Schema(description = "First category; absent without one", examples = "Orders")
            String category,

            @Schema(description = "How often it was on screen", examples = "40", required = true)
            long suggested,

            @Schema(description = "Taken as it was", examples = "20", required = true)
            long sent,

            @Schema(description = "Taken and changed", examples = "5", required = true)
            long edited,

            @Schema(description = "Used without having been suggested", examples = "2", required = true)
            long lookedUp,

            @Schema(description = "Rejected", examples = "1", required = true)
            long rejected) {
        long used() {
            return sent + edited + lookedUp;
        }
    }

    @Schema(name = "ReportCategory")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NamedRow(
            @Schema(description = "Category; absent for replies without one", examples = "Orders")
            String name,

            @Schema(description = "Its answers", required = true)
            Counts counts) {}

    @Schema(name = "ReportAgent")
    record AgentRow(
            @Schema(description = "Account", required = true)
            UUID id,

            @Schema(description = "Name", examples = "Ada", required = true)
            String name,

            @Schema(description = "What they answered", required = true)
            Counts counts) {}

    @Schema(name = "ReportModel")
    record ModelRow(
            @Schema(description = "Number of the model", examples = "3", required = true)
            long model,

            @Schema(description = "What it ranked", required = true)
            Counts counts) {}

    @Schema(name = "ReportResponse")
    record ResponseRow(
            @Schema(
                    description = "taken: made from a suggestion; passed: another was on screen; none: there was none",
                    examples = "taken",
                    required = true)
            String kind,

            @Schema(description = "Whether only first responses count", examples = "false", required = true)
            boolean first,

            @Schema(description = "Responses", examples = "200", required = true)
            long count,

            @Schema(description = "Half took at most so many seconds", examples = "42.5", required = true)
            double median,

            @Schema(description = "Nine of ten took at most so many seconds", examples = "310", required = true)
            double p90) {}

    @Schema(name = "ReportResponseBucket")
    record ResponseBucket(
            @Schema(description = "The day, or the first of the week", examples = "2026-11-02", required = true)
            LocalDate start,

            @Schema(description = "As in responses", examples = "taken", required = true)
            String kind,

            @Schema(description = "Responses", examples = "20", required = true)
            long count,

            @Schema(description = "Half took at most so many seconds", examples = "40", required = true)
            double median) {}

    @Schema(name = "ReportUnusedReply")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Unused(
            @Schema(description = "Reply", required = true) UUID id,

            @Schema(description = "Title", examples = "Gift wrapping", required = true)
            String title,

            @Schema(description = "First category; absent without one", examples = "Service")
            String category) {}

    @Schema(name = "ReportCoverage")
    record Coverage(
            @Schema(description = "Replies that are published", examples = "120", required = true)
            long published,

            @Schema(description = "Of these, used in the period", examples = "80", required = true)
            long used,

            @Schema(description = "Those never used in the period, the oldest first; at most 200", required = true)
            List<Unused> unused) {}

    @Schema(name = "ReportLearned")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Learned(
            @Schema(description = "Share with everything that was learned", examples = "0.62", required = true)
            double with,

            @Schema(description = "Share on the first day", examples = "0.5", required = true)
            double without,

            @Schema(description = "Lower bound of the difference; absent where there are too few", examples = "0.08")
            Double low,

            @Schema(description = "Upper bound of the difference", examples = "0.16")
            Double high) {}

    @Schema(name = "ReportLearnedBucket")
    record LearnedBucket(
            @Schema(description = "The day, or the first of the week", examples = "2026-11-02", required = true)
            LocalDate start,

            @Schema(description = "Answers compared", examples = "30", required = true)
            long count,

            @Schema(description = "Right reply first, with what was learned", examples = "18", required = true)
            long first,

            @Schema(description = "Right reply first, on the first day", examples = "15", required = true)
            long firstBefore,

            @Schema(description = "Right reply shown, with what was learned", examples = "25", required = true)
            long among,

            @Schema(description = "Right reply shown, on the first day", examples = "22", required = true)
            long amongBefore) {}

    @Schema(name = "ReportLearning")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Learning(
            @Schema(description = "Answers with a known reply that were compared", examples = "300", required = true)
            long count,

            @Schema(description = "Conversations of these", examples = "150", required = true)
            long conversations,

            @Schema(description = "Answers that have not been compared yet", examples = "0", required = true)
            long waiting,

            @Schema(
                    description = "Whether they will be: replyloop.reports.first-day",
                    examples = "true",
                    required = true)
            boolean comparing,

            @Schema(description = "The right reply came first; absent without an answer")
            Learned first,

            @Schema(description = "The right reply was among those shown")
            Learned among,

            @Schema(description = "By day or week", required = true)
            List<LearnedBucket> overTime) {}
}
