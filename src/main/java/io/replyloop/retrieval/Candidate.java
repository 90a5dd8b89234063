package io.replyloop.retrieval;

import java.util.UUID;

/** A published reply that may answer a question, and what speaks for it. */
public record Candidate(UUID reply, int version, String title, String text, String category, Evidence evidence) {}
