/**
 * Trains networks: fine-tuning, list-wise training over shared contexts, masked language modelling, distillation; their
 * losses, metrics and states to resume from.
 */
package io.replyloop.bert.training;
