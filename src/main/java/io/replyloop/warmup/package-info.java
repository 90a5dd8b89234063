/**
 * Conversations that a server plays to itself after its start, so that the first customers do not wait for cold code.
 */
package io.replyloop.warmup;
