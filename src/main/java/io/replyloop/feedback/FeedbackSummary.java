package io.replyloop.feedback;

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
        long impressions,
        long decisions,
        long sent,
        long edited,
        long rejected,
        long ownText,
        double acceptAt1,
        double acceptAt3,
        double mrr) {}
