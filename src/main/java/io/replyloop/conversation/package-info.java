/**
 * Conversations and what happens in them: messages, notes, states and assignment, each an event with a number, without
 * gaps. Announces what it stored and calls nobody who listens.
 */
package io.replyloop.conversation;
