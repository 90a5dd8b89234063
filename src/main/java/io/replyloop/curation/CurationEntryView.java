package io.replyloop.curation;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One act of those that were done lately. */
@Schema(name = "CurationEntry")
public record CurationEntryView(
        @Schema(description = "Id of the act, by which it is undone", required = true)
        UUID act,

        @Schema(description = "corrected, excluded, included or commented", examples = "excluded", required = true)
        String kind,

        @Schema(description = "Who did it", required = true) ExampleView.Author by,

        @Schema(description = "When", required = true) Instant at,

        @Schema(description = "How many examples it was about", examples = "20", required = true)
        long examples,

        @Schema(description = "Whether it has been undone", examples = "false", required = true)
        boolean undone) {
    static CurationEntryView of(CurationJournal.Entry entry) {
        return new CurationEntryView(
                entry.act(),
                entry.kind(),
                new ExampleView.Author(entry.by(), entry.byName()),
                entry.at(),
                entry.examples(),
                entry.undone());
    }
}
