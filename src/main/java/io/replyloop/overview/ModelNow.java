package io.replyloop.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The model that ranks, and what the last comparison of another with it said. */
@Schema(name = "OverviewModel")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelNow(
        @Schema(description = "Number of the model", examples = "3", required = true)
        long number,

        @Schema(
                description = "Where it comes from: built-in, import, upload or training",
                examples = "training",
                required = true)
        String origin,

        @Schema(description = "Since when it ranks", required = true)
        Instant since,

        @Schema(description = "What the newest comparison came to; absent before the first")
        Verdict verdict) {
    @Schema(name = "OverviewVerdict")
    record Verdict(
            @Schema(description = "Number of the run that compared", examples = "7", required = true)
            long run,

            @Schema(description = "When it ended", required = true)
            Instant at,

            @Schema(
                    description = "better, worse, mixed, no-difference or too-little-data",
                    examples = "better",
                    required = true)
            String verdict) {}
}
