/** Turns a customer's message into ranked replies, and stores what was shown to agents. */
package io.replyloop.suggestion;
