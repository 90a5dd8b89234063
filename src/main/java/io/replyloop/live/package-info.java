/**
 * The two WebSocket endpoints: who follows which conversation, limits, presence, and what goes to whom. Nobody calls it, it
 * observes what others announce.
 */
package io.replyloop.live;
