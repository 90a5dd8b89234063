/**
 * Stores what an agent did with a suggestion, in one transaction with the message that the customer gets, and tells the
 * ranker what that says of its figures. May call {@code suggestion}, {@code ranking}, the records of {@code retrieval},
 * {@code conversation}, {@code knowledge}, {@code identity}, {@code privacy} and {@code platform}.
 */
package io.replyloop.feedback;
