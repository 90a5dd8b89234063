/**
 * Agents search all messages, notes and customers. Messages become searchable a moment after they are stored; those from
 * before there was a search are read in the background.
 */
package io.replyloop.search;
