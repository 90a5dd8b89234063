/**
 * Turns decisions into labelled examples, and freezes them into datasets split by conversation. May call
 * {@code feedback}, {@code suggestion}, {@code conversation}, {@code knowledge}, {@code identity}, {@code privacy} and {@code platform}.
 */
package io.replyloop.dataset;
