/**
 * The two WebSocket endpoints: connections, subscriptions, limits, presence, and which frames go to whom. No other
 * package calls this one; it observes the events that other packages fire after commit.
 */
package io.replyloop.live;
