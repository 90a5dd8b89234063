/**
 * From texts to token ids: WordPiece and the tokenizer files of other kinds, how a pair is put together, and what is
 * checked before native code reads a file.
 */
package io.replyloop.bert.tokenizer;
