/**
 * Finds the replies that may answer a customer: by their own words, by what they mean, and by the questions that they
 * have answered. Each node keeps a Lucene index, built from the knowledge base and following its revision; what texts
 * mean is kept in the database and shared.
 *
 * <p>{@link io.replyloop.retrieval.ReplyIndex} needs neither database nor CDI, so that an evaluation gets the very
 * scores that the product has: put the replies, {@code remember} the questions of the training part (context is the
 * turn before the question), {@code refresh} until nothing is left to learn, then {@code search} with
 * {@link io.replyloop.retrieval.Question#of}, {@code understoodBy} the encoder that has read the replies.
 */
package io.replyloop.retrieval;
