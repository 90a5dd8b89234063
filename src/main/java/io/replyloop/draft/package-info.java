/** What agents have begun to write and not sent: the same on all their devices, and seen by nobody else. */
package io.replyloop.draft;
