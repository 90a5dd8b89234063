package io.replyloop.retrieval;

import java.util.UUID;

/**
 * A published reply that may answer a question.
 *
 * @param firstStage BM25 of its own words, 0 to 1: the best of this question has 1 while no question has been answered, and
 *     ever less the more have
 * @param memory how strongly the questions that it has answered speak for it, 0 to 1; see {@link MemoryScore}
 */
public record Candidate(
        UUID reply, int version, String title, String text, String category, double firstStage, double memory) {}
