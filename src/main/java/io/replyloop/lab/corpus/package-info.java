/**
 * Reads dialogues and knowledge bases from files, and the public corpora that models are made from and measured with:
 * picks, intents, translations, and the demo shop.
 */
package io.replyloop.lab.corpus;
