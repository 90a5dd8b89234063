/**
 * Makes the default model and the encoder: public dialogues become pretraining text and labelled pairs, the final score is
 * fitted and measured on dialogues that no stage was trained on, and an encoder is distilled into a second language with
 * translations.
 */
package io.replyloop.lab.recipe;
