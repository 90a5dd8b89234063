/**
 * Hugging Face checkpoints, tokenization and the BERT network on DJL: forward, backward, save. Calls no other room, and
 * knows no HTTP, no database and no CDI; the only room that touches {@code ai.djl}.
 */
package io.replyloop.bert;
