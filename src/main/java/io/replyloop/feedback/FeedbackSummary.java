package io.replyloop.feedback;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How good suggestions have been.
 *
 * @param impressions questions for which suggestions were computed
 * @param decisions answers and rejections together
 * @param acceptAt1 of the answered impressions of which the right reply is known, the share whose first suggestion it
 *     was; 0 when there are none
 * @param acceptAt3 the share where it was among those shown
 * @param mrr mean of one over its place among all candidates; a reply that was no candidate counts 0
 */
public record FeedbackSummary(
        @Schema(description = "How often suggestions were shown", examples = "1200", required = true)
        long impressions,

        @Schema(description = "How often an agent then answered or rejected", examples = "900", required = true)
        long decisions,

        @Schema(description = "Suggestions sent as they were", examples = "500", required = true)
        long sent,

        @Schema(description = "Suggestions sent after a change", examples = "200", required = true)
        long edited,

        @Schema(description = "Suggestions rejected", examples = "50", required = true)
        long rejected,

        @Schema(
                description = "Answers that the agent wrote, or made from a reply that was looked up",
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
