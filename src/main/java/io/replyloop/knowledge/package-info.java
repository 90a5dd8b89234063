/**
 * The team's replies with their versions, and the questions that each has answered. Import and export are in
 * {@code exchange}; search is in {@code retrieval}.
 */
package io.replyloop.knowledge;
