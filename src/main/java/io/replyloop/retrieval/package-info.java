/**
 * Finds the replies that may answer a customer: by their own words, and by the questions that they have answered. Each
 * node keeps a Lucene index in memory, built from the knowledge base and following its revision. May call knowledge and
 * platform.
 *
 * <p>{@link io.replyloop.retrieval.ReplyIndex} needs neither database nor CDI, so that an evaluation gets the very
 * scores that the product has: put the replies, {@code remember} the questions of the training part (context is the
 * turn before the question, earlier what was said before that), {@code refresh}, then {@code search} with {@link io.replyloop.retrieval.Question#of}.
 */
package io.replyloop.retrieval;
