/**
 * How the default model is made: public dialogues become pretraining text and labelled pairs, the stages of ranking are
 * weighed against each other and measured on dialogues that none of them has seen. It may call {@code bert},
 * {@code retrieval} and {@code knowledge}.
 */
package io.replyloop.recipe;
