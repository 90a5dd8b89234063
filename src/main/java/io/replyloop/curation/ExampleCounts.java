package io.replyloop.curation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many examples a filter selects. */
@Schema(name = "ExampleCounts")
public record ExampleCounts(
        @Schema(description = "Examples in all", examples = "900", required = true)
        long total,

        @Schema(description = "Those whose reply fits", examples = "500", required = true)
        long fitting,

        @Schema(description = "Those whose reply does not", examples = "400", required = true)
        long notFitting,

        @Schema(description = "Those kept out of training", examples = "12", required = true)
        long excluded,

        @Schema(description = "Those whose label somebody has corrected", examples = "7", required = true)
        long corrected,

        @Schema(description = "Those of imported files", examples = "20", required = true)
        long ofFiles,

        @Schema(description = "Those of imported history", examples = "310", required = true)
        long ofHistory) {}
