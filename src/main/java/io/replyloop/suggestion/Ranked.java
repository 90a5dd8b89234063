package io.replyloop.suggestion;

import io.replyloop.ranking.Ranking;
import java.util.UUID;

/**
 * Announced in the transaction that stores an impression, with all that it was made from; listen after its success. It
 * holds what the customer wrote, which is masked only where it is kept.
 *
 * @param query the last turns, a line each with its mark
 * @param question what the customer asks, which ends the query
 */
public record Ranked(UUID impression, String query, String question, Ranking ranking) {}
