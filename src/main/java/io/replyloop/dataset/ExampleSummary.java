package io.replyloop.dataset;

/**
 * How much there is to learn from; examples that an admin has excluded do not count.
 *
 * @param positive those labelled 0.5 or more
 * @param sinceLastRun those that the last run which came to its end has not learned from
 */
public record ExampleSummary(long total, long positive, long negative, long sinceLastRun) {}
