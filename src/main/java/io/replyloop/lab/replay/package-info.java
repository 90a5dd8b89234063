/**
 * The command {@code replay}: plays dialogues through a running server as its customers and its agents, and measures
 * what comes back. A client of the public protocol and of the REST interface alone.
 */
package io.replyloop.lab.replay;
