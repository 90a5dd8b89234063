/**
 * The two WebSocket endpoints: who follows which conversation, limits, presence, and what nodes tell each other. Calls
 * frames, conversation, suggestion, feedback, identity and signin; nobody calls it, it observes what they announce.
 */
package io.replyloop.live;
