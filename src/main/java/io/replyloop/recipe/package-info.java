/**
 * How the default model is made: public dialogues become pretraining text and labelled pairs, the stages of ranking are
 * weighed against each other and measured on dialogues that none of them has seen. It may call {@code bert} and
 * {@code retrieval}.
 */
package io.replyloop.recipe;
