/**
 * The worker: a process of its own that claims a run, fine-tunes, measures challenger and champion on the same held-out
 * conversations, and registers the new model. Works with plain JDBC, without CDI.
 */
package io.replyloop.training.worker;
