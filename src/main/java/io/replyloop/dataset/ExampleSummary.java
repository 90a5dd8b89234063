package io.replyloop.dataset;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How much there is to learn from; examples that an admin has excluded do not count.
 *
 * @param positive those labelled 0.5 or more
 * @param sinceLastRun those that the last run which came to its end has not learned from
 */
public record ExampleSummary(
        @Schema(description = "Labelled examples in all", examples = "900", required = true)
        long total,

        @Schema(description = "Replies that fitted", examples = "500", required = true)
        long positive,

        @Schema(description = "Replies that did not", examples = "400", required = true)
        long negative,

        @Schema(description = "How many are new since the last run", examples = "60", required = true)
        long sinceLastRun,

        @Schema(description = "Those of imported history, which are no decisions", examples = "310", required = true)
        long ofHistory) {}
