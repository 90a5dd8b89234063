package io.replyloop.training;

import java.time.Instant;

/**
 * What a run said about its model.
 *
 * @param run its number
 * @param verdict as in the run's metrics
 */
public record RunVerdict(long run, Instant at, String verdict) {}
