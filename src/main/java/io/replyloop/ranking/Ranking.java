package io.replyloop.ranking;

import java.util.List;
import java.util.UUID;

/**
 * Candidates, best first.
 *
 * @param modelId null when the cross-encoder did not score these
 * @param modelNumber 0 when the cross-encoder did not score these
 * @param threshold below it, no candidate is worth showing
 */
public record Ranking(UUID modelId, long modelNumber, List<Scored> scored, double threshold, RankedBy by) {}
