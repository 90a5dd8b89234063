/**
 * Who of the team gets a conversation: teams and their queues, handing over, who is there, and giving out conversations in
 * turn. See {@code src/docs/routing.md}.
 */
package io.replyloop.routing;
