package io.replyloop.feedback;

import io.replyloop.knowledge.ReplyLookup;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.retrieval.Retrieval;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the reply that an agent has typed out, more or less. */
@ApplicationScoped
class LikeReplies {
    /** The index names them by their words; however many replies there are, so many are compared. */
    private static final int COMPARED = 10;

    private static final int SHORTEST = 8;

    private final Retrieval retrieval;
    private final ReplyLookup replies;

    LikeReplies(Retrieval retrieval, ReplyLookup replies) {
        this.retrieval = retrieval;
        this.replies = replies;
    }

    /** The published reply that the text nearly equals; of several, the one whose words are the likest. */
    Optional<ReplyView> nearlySame(String text) {
        if (text.strip().length() < SHORTEST) {
            return Optional.empty();
        }
        List<UUID> likest = retrieval.likest(text, COMPARED);
        return published(likest).stream()
                .filter(reply -> NearEquality.holds(text, reply.text()))
                .min(Comparator.comparingInt(reply -> likest.indexOf(reply.id())));
    }

    Optional<ReplyView> published(UUID reply) {
        return published(List.of(reply)).stream().findFirst();
    }

    private List<ReplyView> published(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : replies.those(ids).stream()
                        .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                        .toList();
    }
}
