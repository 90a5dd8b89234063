/**
 * Files that customers and agents attach to messages: taken in with limits, recognised by their contents, scanned where
 * the operator wants it, stored once per content, shown only as pictures made anew, and handed out as downloads.
 */
package io.replyloop.attachment;
