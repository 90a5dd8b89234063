package io.replyloop.suggestion;

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

    /** The likeliest first, by words, by meaning and by questions that they have answered; nothing where none is near. */
    List<FoundReply> find(String words, String language) {
        return retrieval.lookUp(words, language, MOST).stream()
                .map(reply ->
                        new FoundReply(reply.id(), reply.title(), reply.text(), reply.category(), reply.language()))
                .toList();
    }
}
