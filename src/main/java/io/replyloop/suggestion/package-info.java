/**
 * Turns a customer's message into ranked replies, and stores what was shown to agents. May call {@code conversation},
 * {@code knowledge}, {@code retrieval}, {@code ranking}, {@code identity}, {@code privacy} and {@code platform}.
 */
package io.replyloop.suggestion;
