package io.replyloop.privacy;

/** A part of a text, the end not included. */
record Span(int start, int end, String kind) {}
