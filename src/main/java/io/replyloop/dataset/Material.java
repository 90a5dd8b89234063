package io.replyloop.dataset;

/**
 * How much there is to learn from, in the units that people think in; excluded examples do not count.
 *
 * @param decisions answers and rejections of agents that became examples
 * @param freshDecisions those that the last run which came to its end has not learned from, or not wholly
 * @param conversations in which they were made
 * @param heldOut conversations of these that would be kept back for measuring; counted up to some hundred
 * @param fitting examples whose reply fits
 * @param notFitting examples whose reply does not
 * @param replies different texts that fit
 */
public record Material(
        long decisions,
        long freshDecisions,
        long conversations,
        long heldOut,
        long fitting,
        long notFitting,
        long replies) {}
