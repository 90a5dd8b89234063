/**
 * The commands of the jar. Started without a command it serves; the other commands run without server and database
 * unless they say so.
 */
package io.replyloop.cli;
