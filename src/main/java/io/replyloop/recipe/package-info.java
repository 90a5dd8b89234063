/**
 * How the default model is made: public dialogues become pretraining text and labelled pairs, the stages of ranking are
 * weighed against each other and measured on dialogues that none of them has seen; translations teach an encoder a
 * second language. It may call {@code bert}, {@code retrieval}, {@code knowledge} and the final score of {@code ranking}.
 */
package io.replyloop.recipe;
