package io.replyloop.dataset;

/**
 * How much there is to learn from; examples that an admin has excluded do not count.
 *
 * @param positive those labelled 0.5 or more
 * @param sinceLastRun those that no frozen dataset contains yet
 */
public record ExampleSummary(long total, long positive, long negative, long sinceLastRun) {}
