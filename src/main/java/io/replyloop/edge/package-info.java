/**
 * Rules for connections and requests that apply before anything else: limits per address, deadlines for heads and
 * bodies, and the spelling of paths. Bodies are read here without blocking a thread.
 */
package io.replyloop.edge;
