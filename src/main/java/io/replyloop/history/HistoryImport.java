package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An import of conversations, as admins see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "HistoryImport")
public record HistoryImport(
        @Schema(description = "Its id", required = true) UUID id,

        @Schema(description = "Its number", examples = "3", required = true)
        long number,

        @Schema(description = "Name of the file", examples = "tickets.json", required = true)
        String file,

        @Schema(description = "How the file is read", required = true)
        HistoryReading reading,

        @Schema(description = "Where it is", examples = "ready", required = true)
        HistoryState state,

        @Schema(description = "What was found so far", required = true)
        HistoryReport report,

        @Schema(description = "Why it failed; empty where only the log of the server tells")
        String problem,

        @Schema(description = "What goes on now") Progress progress,

        @Schema(description = "Drafts that nobody has decided about", examples = "120", required = true)
        int open,

        @Schema(description = "Drafts that became replies", examples = "30", required = true)
        int written,

        @Schema(description = "Whether something was learned from it that can be taken back", required = true)
        boolean undoable,

        @Schema(description = "When the file came", required = true)
        Instant at) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HistoryProgress")
    public record Progress(
            @Schema(description = "reading, comparing, grouping or importing", examples = "comparing", required = true)
            String step,

            @Schema(description = "How much of it is done", examples = "1200", required = true)
            long done,

            @Schema(description = "Of how much; 0 where nobody knows", examples = "5700", required = true)
            long total,

            @Schema(description = "How many seconds this step will take still, as far as can be told", examples = "90")
            Long secondsLeft) {}
}
