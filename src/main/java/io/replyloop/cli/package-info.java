/**
 * The commands of the jar. Without a command it starts the server; the other commands run without server and database
 * unless they say otherwise.
 */
package io.replyloop.cli;
