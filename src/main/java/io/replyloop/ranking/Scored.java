package io.replyloop.ranking;

import io.replyloop.retrieval.Candidate;

/**
 * @param logit what the cross-encoder said; null when it was not asked or had no time for this one
 * @param probability calibrated: of all replies scored 0.8, four in five fit
 */
public record Scored(Candidate candidate, Double logit, double probability) {}
