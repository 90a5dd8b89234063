/**
 * Stores what an agent did with a suggestion, in one transaction with the message that the customer gets. May call {@code
 * suggestion}, {@code conversation}, {@code knowledge}, {@code identity}, {@code privacy} and {@code platform}.
 */
package io.replyloop.feedback;
