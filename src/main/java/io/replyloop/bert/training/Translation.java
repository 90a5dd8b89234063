package io.replyloop.bert.training;

/** A sentence in the language that an encoder knows, and its translation into the language to be learned. */
public record Translation(String known, String translated) {}
