/**
 * The networks of BERT, GPT-2 and XLNet on DJL: forward passes over packed batches, precisions, and networks supplied
 * as TorchScript. {@link io.replyloop.bert.network.CrossEncoder} scores pairs,
 * {@link io.replyloop.bert.network.Encoder} turns texts into vectors.
 */
package io.replyloop.bert.network;
