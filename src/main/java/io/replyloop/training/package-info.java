/**
 * Training runs: the queue in the database, the schedule, the worker process that fine-tunes, and the comparison of
 * champion and challenger. May call dataset, what feedback reads for workers, model, ranking, privacy and bert.
 */
package io.replyloop.training;
