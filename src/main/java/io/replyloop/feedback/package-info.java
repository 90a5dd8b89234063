/** Stores what an agent did with a suggestion, in one transaction with the message that the customer gets. */
package io.replyloop.feedback;
