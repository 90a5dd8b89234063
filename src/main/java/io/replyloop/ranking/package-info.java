/** Scores pairs of question and reply with the serving model, and swaps that model without a failed request. */
package io.replyloop.ranking;
