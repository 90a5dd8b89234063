package io.replyloop.retrieval;

import java.util.List;

/** The candidates for a question, most promising first, and the knowledge revision they were found in. */
public record Candidates(long revision, List<Candidate> candidates) {}
