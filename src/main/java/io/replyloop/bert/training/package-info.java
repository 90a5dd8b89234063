/**
 * Trains networks: fine-tuning, list-wise training over shared contexts, masked language modelling and distillation, each
 * an objective of the same loop, which steps, evaluates, keeps the best weights and resumes. Their losses and metrics.
 */
package io.replyloop.bert.training;
