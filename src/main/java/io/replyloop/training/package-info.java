/**
 * Training runs: the queue in the database, the schedule, and the processes that work it off. What such a process does is
 * in {@link io.replyloop.training.worker}.
 */
package io.replyloop.training;
