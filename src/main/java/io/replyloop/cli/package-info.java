/**
 * The commands of the jar. Started without a command it serves; the other commands run without server and database
 * unless they say so. May call every package that offers a command; nothing calls it.
 */
package io.replyloop.cli;
