/**
 * Trains networks: fine-tuning, list-wise training with shared contexts, masked language modelling and distillation,
 * each as an objective of a common loop that steps, evaluates, keeps the best weights and resumes; with their losses
 * and metrics.
 */
package io.replyloop.bert.training;
