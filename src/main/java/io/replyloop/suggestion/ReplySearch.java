package io.replyloop.suggestion;

import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import io.replyloop.retrieval.Retrieval;
import jakarta.inject.Singleton;
import java.util.List;

/** What an agent finds who searches the knowledge base in their own words. Nothing of it is stored. */
@Singleton
class ReplySearch {
    private static final int MOST = 8;

    private final Retrieval retrieval;

    ReplySearch(Retrieval retrieval) {
        this.retrieval = retrieval;
    }

    /** The likeliest first, by words, by meaning and by questions that they have answered. */
    List<FoundReply> find(String words) {
        return retrieval.candidates(words, words, MOST).candidates().stream()
                .filter(candidate -> speaksFor(candidate.evidence()))
                .limit(MOST)
                .map(ReplySearch::found)
                .toList();
    }

    private static boolean speaksFor(Evidence evidence) {
        return evidence.firstStage() > 0 || evidence.meaning() > 0 || evidence.memory() > 0;
    }

    private static FoundReply found(Candidate candidate) {
        return new FoundReply(candidate.reply(), candidate.title(), candidate.text(), candidate.category());
    }
}
