package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.knowledge.TurnMark;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One act of those that were done lately. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CurationEntry")
public record CurationEntryView(
        @Schema(description = "Id of the act, by which it is undone, and its examples are listed", required = true)
        UUID act,

        @Schema(description = "corrected, excluded, included or commented", examples = "excluded", required = true)
        String kind,

        @Schema(description = "Who did it", required = true) ExampleView.Author by,

        @Schema(description = "When", required = true) Instant at,

        @Schema(description = "How many examples it was about", examples = "20", required = true)
        long examples,

        @Schema(
                description = "The example, where it was about one that is still there; for another-reply, the one that"
                        + " does not fit")
        Told example,

        @Schema(
                description =
                        "Only for another-reply, while both examples are still there: the reply that was said to fit"
                                + " instead, shortened to one line",
                examples = "You can exchange it within 14 days.")
        String otherReply,

        @Schema(description = "How it was before; absent for a comment")
        Were before,

        @Schema(description = "How it has been since; absent for a comment")
        Were after,

        @Schema(description = "What was said about it, personal data masked")
        String comment,

        @Schema(description = "Whether it has been undone", examples = "false", required = true)
        boolean undone) {
    private static final int LONGEST_LINE = 160;

    /** Enough of an example to know it by; as it is now, since the journal keeps no texts of it. */
    @Schema(name = "CurationEntryExample")
    public record Told(
            @Schema(description = "Id of the example", examples = "42", required = true)
            long id,

            @Schema(
                    description = "What the customer asked, shortened to one line, personal data masked",
                    examples = "When will it arrive?",
                    required = true)
            String question,

            @Schema(
                    description = "The reply, shortened to one line, personal data masked",
                    examples = "Within three days.",
                    required = true)
            String reply) {}

    /** Of all examples of the act. */
    @Schema(name = "CurationEntryCounts")
    public record Were(
            @Schema(description = "Examples whose reply fitted", examples = "1", required = true)
            long fitting,

            @Schema(description = "Examples kept out of training", examples = "0", required = true)
            long excluded) {
        private static Were of(CurationJournal.Counts counts) {
            return counts == null ? null : new Were(counts.fitting(), counts.excluded());
        }
    }

    /** @param known examples by id, as they are now */
    static CurationEntryView of(CurationJournal.Entry entry, Map<Long, ExampleView> known) {
        ExampleView example = entry.examples() == 1 || entry.saysThatAnotherFits() ? known.get(entry.first()) : null;
        ExampleView other = entry.saysThatAnotherFits() ? known.get(entry.last()) : null;
        return new CurationEntryView(
                entry.act(),
                entry.kind(),
                new ExampleView.Author(entry.by(), entry.byName()),
                entry.at(),
                entry.examples(),
                example == null
                        ? null
                        : new Told(example.id(), line(TurnMark.question(example.query())), line(example.reply())),
                example == null || other == null ? null : line(other.reply()),
                Were.of(entry.before()),
                Were.of(entry.after()),
                entry.comment(),
                entry.undone());
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_LINE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_LINE - 1)) + "…";
    }
}
