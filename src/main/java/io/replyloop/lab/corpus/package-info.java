/**
 * Reads the public corpora that models are made from and measured with: dialogues, picks, intents, translations, and the
 * demo shop.
 */
package io.replyloop.lab.corpus;
