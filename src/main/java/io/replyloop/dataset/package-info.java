/**
 * Turns decisions into labelled examples, freezes them into datasets split by conversation, and tells the ranker what
 * they say of its figures.
 */
package io.replyloop.dataset;
