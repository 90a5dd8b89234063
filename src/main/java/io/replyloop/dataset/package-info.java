/**
 * Turns decisions into labelled examples, freezes them into datasets split by conversation, and tells the ranker what they
 * say of its figures. May call {@code feedback}, {@code suggestion}, {@code ranking}, {@code knowledge}, {@code privacy} and
 * {@code platform}.
 */
package io.replyloop.dataset;
