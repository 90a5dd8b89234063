package io.replyloop.shadow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the model in the shadow would have shown, beside what the serving one showed and agents did. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ShadowComparison")
public record ShadowComparison(
        @Schema(
                description = "What follows for usefulness",
                examples = "no-difference",
                required = true,
                enumeration = {"better", "worse", "no-difference", "too-little-data"})
        String verdict,

        @Schema(
                description = "Questions that were answered with a reply of the knowledge base",
                examples = "80",
                required = true)
        int questions,

        @Schema(description = "Conversations that those are from", examples = "60", required = true)
        int conversations,

        @Schema(description = "Questions that it takes for a verdict", examples = "30", required = true)
        int questionsNeeded,

        @Schema(description = "Conversations that it takes for a verdict", examples = "15", required = true)
        int conversationsNeeded,

        @Schema(
                description = "Answered in the agent's own words: no model had the right reply",
                examples = "12",
                required = true)
        int ownWords,

        @Schema(
                description = "Share of all ranked questions for which both put the same reply first, or nothing",
                examples = "0.8")
        Double sameFirst,

        @Schema(description = "Share for which both show the same replies in the same order", examples = "0.6")
        Double sameAll,

        @Schema(
                description =
                        "Questions whose right reply the serving model did not show, so that the agent found it elsewhere",
                examples = "9",
                required = true)
        int foundElsewhere,

        @Schema(description = "Of those, how many the other would have shown", examples = "4", required = true)
        int wouldHaveShown,

        @Schema(
                description = "Mean time that the network in the shadow took, waiting included, in milliseconds",
                examples = "40")
        Double millis,

        @Schema(description = "Figures of both; none before there is a decision", required = true)
        List<Figure> figures,

        @Schema(
                description = "Questions for which the other would have been less useful",
                examples = "5",
                required = true)
        int worse,

        @Schema(description = "Questions for which it would have been more useful", examples = "7", required = true)
        int better) {

    @Schema(name = "ShadowFigure")
    public record Figure(
            @Schema(
                    description = "Which",
                    required = true,
                    enumeration = {"worth", "acceptAt1", "acceptAt3", "silent"})
            String name,

            @Schema(description = "Of the serving model", examples = "0.55", required = true)
            double champion,

            @Schema(description = "Of the model in the shadow", examples = "0.58", required = true)
            double challenger,

            @Schema(description = "The second less the first", examples = "0.03", required = true)
            double difference,

            @Schema(
                    description = "Where the true difference lies in 95 of 100 cases, from",
                    examples = "-0.02",
                    required = true)
            double low,

            @Schema(description = "and to", examples = "0.08", required = true)
            double high) {}
}
