package io.replyloop.retrieval;

import java.util.UUID;

/**
 * A published reply that may answer a question, with the evidence for it.
 *
 * @param before the number of the answered question that is the most like this one; null where none is much like it
 */
public record Candidate(
        UUID reply, int version, String title, String text, String category, Evidence evidence, Long before) {
    public Candidate(UUID reply, int version, String title, String text, String category, Evidence evidence) {
        this(reply, version, title, text, category, evidence, null);
    }
}
