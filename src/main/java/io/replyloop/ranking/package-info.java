/** Scores pairs of question and reply with the model that serves, and swaps that model without a failed request. */
package io.replyloop.ranking;
