package io.replyloop.dataset;

/**
 * One example as training reads it, without personal data.
 *
 * @param label 1 when the reply fits, 0 when it does not
 * @param group the same for all candidates of one question
 */
public record LabelledPair(String query, String reply, double label, String group) {}
