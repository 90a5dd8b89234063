package io.replyloop.suggestion;

import io.replyloop.knowledge.CannedReplies;
import io.replyloop.retrieval.LookedUp;
import io.replyloop.retrieval.Retrieval;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an agent finds who searches the knowledge base in their own words. Nothing of it is stored. */
@Singleton
class ReplySearch {
    private static final int MOST = 8;

    private final Retrieval retrieval;
    private final CannedReplies canned;

    ReplySearch(Retrieval retrieval, CannedReplies canned) {
        this.retrieval = retrieval;
        this.canned = canned;
    }

    /** The likeliest first, by words, by meaning and by questions that they have answered; nothing where none is near. */
    List<FoundReply> find(String words, String language) {
        List<LookedUp> found = retrieval.lookUp(words, language, MOST);
        Map<UUID, List<String>> choices =
                canned.choices(found.stream().map(LookedUp::id).toList());
        return found.stream()
                .map(reply -> new FoundReply(
                        reply.id(),
                        reply.title(),
                        reply.text(),
                        reply.category(),
                        reply.language(),
                        choices.get(reply.id())))
                .toList();
    }
}
