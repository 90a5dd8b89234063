/**
 * What goes over the sockets, as types: frames to customers and to agents, which share nothing, and the commands that
 * clients send. May call conversation and identity for their records; see {@code src/docs/wire-protocol.md}.
 */
package io.replyloop.frames;
