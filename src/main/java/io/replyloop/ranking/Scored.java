package io.replyloop.ranking;

import io.replyloop.retrieval.Candidate;

/**
 * @param logit the cross-encoder's logit; null if it has not scored this candidate
 * @param probability calibrated: of all replies with 0.8, four in five fit
 */
public record Scored(Candidate candidate, Double logit, double probability) {}
