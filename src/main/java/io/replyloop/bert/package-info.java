/**
 * Hugging Face checkpoints, tokenization and the networks of BERT, GPT-2 and XLNet on DJL: forward, backward, save. Calls no other room, and
 * knows no HTTP, no database and no CDI; the only room that touches {@code ai.djl}.
 */
package io.replyloop.bert;
