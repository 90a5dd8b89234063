/**
 * The command {@code replay}: plays dialogues through a running server, as its customers and agents, and measures
 * correctness and latency. Of the server it uses only the public WebSocket protocol and the REST API.
 */
package io.replyloop.lab.replay;
