/**
 * Training runs: the queue in the database, the schedule, the worker process that fine-tunes, and the comparison of
 * champion and challenger. May call dataset, model, privacy and bert.
 */
package io.replyloop.training;
