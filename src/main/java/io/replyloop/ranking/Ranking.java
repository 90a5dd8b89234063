package io.replyloop.ranking;

import java.util.List;
import java.util.UUID;

/**
 * Candidates, best first.
 *
 * @param modelId null when the cross-encoder did not score these
 * @param modelNumber 0 when the cross-encoder did not score these
 * @param threshold below it, no candidate is worth showing
 * @param confidence from which probability on a suggestion is called sure, and likely
 * @param said what the team is told in place of a probability
 */
public record Ranking(
        UUID modelId,
        long modelNumber,
        List<Scored> scored,
        double threshold,
        FinalScore.Confidence confidence,
        FinalScore.Said said,
        RankedBy by) {}
