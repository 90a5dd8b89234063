package io.replyloop.retrieval;

import java.util.UUID;

/** A published reply that may answer a question, with the evidence for it. */
public record Candidate(UUID reply, int version, String title, String text, String category, Evidence evidence) {}
