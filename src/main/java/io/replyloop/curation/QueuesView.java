package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is worth a look, and what that is based on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CurationQueues")
public record QueuesView(
        @Schema(description = "The queues with what is open in each", required = true)
        List<Count> queues,

        @Schema(description = "When the examples were last looked through; absent if never")
        Instant at,

        @Schema(description = "Examples that were looked at", examples = "12000")
        Integer examples,

        @Schema(description = "Whether there are older ones that were not", examples = "false")
        Boolean cut,

        @Schema(
                description =
                        "Whether an encoder could tell what questions mean; without one, only questions of the same"
                                + " words are compared, and likely errors are not looked for",
                examples = "true")
        Boolean byMeaning,

        @Schema(description = "Examples and acts that have come since", examples = "40")
        Long fresh,

        @Schema(description = "Of the look that is going on; absent while there is none")
        Progress progress,

        @Schema(
                description = "Whether the last look failed; the server's log says why",
                examples = "false",
                required = true)
        boolean failed) {

    /** One queue. */
    @Schema(name = "CurationQueue")
    public record Count(
            @Schema(
                    description = "contradiction, near-repeat, label-error or rejected",
                    examples = "contradiction",
                    required = true)
            String queue,

            @Schema(description = "How much is open", examples = "12", required = true)
            long items) {}

    /** How far a look is. */
    @Schema(name = "CurationProgress")
    public record Progress(
            @Schema(description = "reading, comparing or judging", examples = "reading", required = true)
            String step,

            @Schema(description = "Share of the step that is done", examples = "0.4", required = true)
            double share) {}
}
