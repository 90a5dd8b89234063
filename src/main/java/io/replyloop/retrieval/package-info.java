/**
 * Finds the replies that may answer a customer: by their own words, by their embeddings, and by the questions they have
 * answered. Each node keeps a Lucene index, built from the knowledge base and updated with it; embeddings are stored in
 * the database and shared between nodes.
 *
 * <p>{@link io.replyloop.retrieval.ReplyIndex} needs neither a database nor CDI, so that an evaluation gets exactly the
 * product's scores: add the replies, {@code remember} the questions of the training set (the context is the turn before
 * the question), call {@code refresh} until nothing is left to learn, then {@code search} with
 * {@link io.replyloop.retrieval.Question#of}, {@code understoodBy} the encoder that has encoded the replies.
 */
package io.replyloop.retrieval;
