/**
 * Scores pairs of question and reply with the model that serves, and swaps that model without a failed request. May
 * call {@code bert}, {@code model}, the records of {@code retrieval}, and {@code platform}.
 */
package io.replyloop.ranking;
