/**
 * How the default model and the encoder are made: public dialogues become pretraining text and labelled pairs, the stages
 * of ranking are weighed against each other and measured on dialogues that none of them has seen; translations teach an
 * encoder a second language.
 */
package io.replyloop.lab.recipe;
