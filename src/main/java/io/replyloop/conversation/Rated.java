package io.replyloop.conversation;

/** Announced in the transaction that stores a rating; listen after its success. */
public record Rated(RatingView rating) {}
