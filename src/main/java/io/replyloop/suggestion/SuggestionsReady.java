package io.replyloop.suggestion;

/** Announced in the transaction that stores the impression; listen after its success. */
public record SuggestionsReady(SuggestionsView suggestions) {}
