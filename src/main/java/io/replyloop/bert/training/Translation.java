package io.replyloop.bert.training;

/** A sentence in the language that an encoder knows, and the same in one that it shall learn. */
public record Translation(String known, String translated) {}
