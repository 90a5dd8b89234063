package io.replyloop.ranking;

import io.replyloop.retrieval.Candidate;

/**
 * @param logit what the cross-encoder said; null when it was not asked
 * @param probability calibrated: of all replies scored 0.8, four in five fit; 0 for one that the cross-encoder had no time for
 */
public record Scored(Candidate candidate, Double logit, double probability) {}
