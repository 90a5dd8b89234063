/**
 * Conversations from before Replyloop: files of other programs are read, masked and reported on; what agents wrote in them
 * is matched to replies or put together into drafts of replies, each with the questions that it answered.
 */
package io.replyloop.history;
