package io.replyloop.retrieval;

import io.replyloop.retrieval.KnowledgeFollower.State;
import io.replyloop.retrieval.Meanings.UnreadReply;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.store.AlreadyClosedException;
import org.jboss.logging.Logger;

/** What the published replies and the questions that they have answered mean, for whoever compares other texts with them. */
@ApplicationScoped
public class PublishedMeanings {
    private static final Logger LOG = Logger.getLogger(PublishedMeanings.class);
    /** As many are looked for in the database together. */
    private static final int TOGETHER = 1_000;

    private final KnowledgeFollower follower;

    PublishedMeanings(KnowledgeFollower follower) {
        this.follower = follower;
    }

    /** @param meaning null where no encoder has read it yet */
    public record PublishedReply(UUID id, int version, String title, String text, String language, float[] meaning) {}

    /** The knowledge base at a moment. */
    public static final class Moment {
        private final State state;
        private final TextVectors encoder;
        private final List<PublishedReply> replies;

        private Moment(State state, TextVectors encoder, List<PublishedReply> replies) {
            this.state = state;
            this.encoder = encoder;
            this.replies = replies;
        }

        /** What searches go by; null where there is none. */
        public TextVectors encoder() {
            return encoder;
        }

        public List<PublishedReply> replies() {
            return replies;
        }

        /**
         * Replies that have answered questions of like meaning.
         *
         * @param question its vector by the encoder
         * @return how near the nearest question of each is, of those that are the nearest of all
         */
        public Map<UUID, Double> answered(float[] question) {
            try {
                return state.index().nearestAnswered(MeaningVector.of(question, null));
            } catch (AlreadyClosedException replaced) {
                LOG.debugf(replaced, "The index has been replaced meanwhile");
                return Map.of();
            }
        }
    }

    /** The knowledge base with every change that this node has committed. */
    public Moment now() {
        State state = follower.current();
        List<UnreadReply> all =
                state.replies().values().stream().map(Published::unread).toList();
        Map<UUID, float[]> known = new HashMap<>();
        if (state.meanings() != null) {
            try {
                for (int from = 0; from < all.size(); from += TOGETHER) {
                    known.putAll(state.meanings().known(all.subList(from, Math.min(all.size(), from + TOGETHER))));
                }
            } catch (SQLException failure) {
                throw new IllegalStateException("The replies' vectors cannot be read", failure);
            }
        }
        List<PublishedReply> replies = state.replies().values().stream()
                .map(reply -> new PublishedReply(
                        reply.id(),
                        reply.version(),
                        reply.title(),
                        reply.text(),
                        reply.language(),
                        known.get(reply.id())))
                .toList();
        return new Moment(
                state, state.meanings() == null ? null : state.meanings().encoder(), replies);
    }
}
