package io.replyloop.ranking;

import java.util.List;
import java.util.UUID;

/**
 * Candidates, best first.
 *
 * @param modelId null if the cross-encoder did not score these
 * @param modelNumber 0 if the cross-encoder did not score these
 * @param threshold candidates with a lower probability are not shown
 * @param confidence the lowest probabilities at which a suggestion is called sure and likely
 * @param said maps probabilities to those shown to the team
 */
public record Ranking(
        UUID modelId,
        long modelNumber,
        List<Scored> scored,
        double threshold,
        FinalScore.Confidence confidence,
        FinalScore.Said said,
        RankedBy by) {}
