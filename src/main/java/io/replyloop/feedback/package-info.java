/** Stores what an agent did with a suggestion, in the same transaction as the message to the customer. */
package io.replyloop.feedback;
