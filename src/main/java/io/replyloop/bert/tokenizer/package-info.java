/**
 * Turns texts into token ids: WordPiece and other tokenizer files, the assembly of pairs, and the validation of files
 * before native code reads them.
 */
package io.replyloop.bert.tokenizer;
