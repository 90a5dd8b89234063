package io.replyloop.feedback;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The quality of the suggestions so far.
 *
 * @param impressions questions for which suggestions were computed
 * @param decisions answers and rejections together
 * @param acceptAt1 share of the answered impressions with a known right reply in which that reply was the first
 *     suggestion; 0 if there are none
 * @param acceptAt3 the share in which it was among those shown
 * @param mrr mean reciprocal rank of the right reply among all candidates; a reply that was not a candidate counts as 0
 */
public record FeedbackSummary(
        @Schema(description = "Number of times suggestions were shown", examples = "1200", required = true)
        long impressions,

        @Schema(description = "Number of times an agent then answered or rejected", examples = "900", required = true)
        long decisions,

        @Schema(description = "Suggestions sent unchanged", examples = "500", required = true)
        long sent,

        @Schema(description = "Suggestions sent after a change", examples = "200", required = true)
        long edited,

        @Schema(description = "Suggestions rejected", examples = "50", required = true)
        long rejected,

        @Schema(
                description = "Answers written by the agent, or made from a reply that the agent looked up",
                examples = "150",
                required = true)
        long ownText,

        @Schema(
                description = "Share of decisions in which the first suggestion was sent, 0 to 1",
                examples = "0.55",
                required = true)
        double acceptAt1,

        @Schema(
                description = "Share of decisions in which one of the three was sent, 0 to 1",
                examples = "0.78",
                required = true)
        double acceptAt3,

        @Schema(
                description = "Mean reciprocal rank of the reply that was sent, 0 to 1",
                examples = "0.66",
                required = true)
        double mrr) {}
