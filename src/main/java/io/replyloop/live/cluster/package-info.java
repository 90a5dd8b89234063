/** The messages that nodes exchange, and the PostgreSQL channel that carries them. */
package io.replyloop.live.cluster;
