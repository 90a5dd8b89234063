/**
 * The WebSocket protocol as types: frames to customers and to agents, which share nothing, and the commands that
 * clients send. See {@code src/docs/wire-protocol.md}.
 */
package io.replyloop.frames;
