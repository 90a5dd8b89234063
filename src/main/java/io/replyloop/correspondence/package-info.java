/**
 * Conversations by mail: customers have theirs mailed, answers follow those who have left, and what they reply to such a
 * mail is a message again.
 */
package io.replyloop.correspondence;
