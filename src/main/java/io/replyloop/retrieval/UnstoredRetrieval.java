package io.replyloop.retrieval;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeChanged;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.retrieval.VectorStore.Kind;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The product's retrieval over a knowledge base without a database, for evaluation. Replies and answered questions
 * reach the index as they do in a server, and the next search finds them.
 */
public final class UnstoredRetrieval implements AutoCloseable {
    private final Feed feed = new Feed();
    private final KnowledgeFollower follower;
    private final NoStore store = new NoStore(feed);
    /** Null for words alone. */
    private final Meanings meanings;

    private final Retrieval retrieval;

    /** @param encoder null to search by words alone */
    public UnstoredRetrieval(TextVectors encoder) {
        RetrievalConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withMappingIgnore("replyloop.**")
                .withMapping(RetrievalConfig.class)
                .build()
                .getConfigMapping(RetrievalConfig.class);
        Encoders encoders = encoder == null ? Encoders.NONE : Encoders.only(List.of(encoder));
        meanings = encoder == null ? null : new Meanings(encoder, store);
        follower = new KnowledgeFollower(feed, config, store, encoders, null);
        retrieval = new Retrieval(follower, config, new SimpleMeterRegistry());
    }

    public void publish(UUID reply, String title, String text, String language, String category) {
        happened(reader -> reader.published(reply, 1, title, text, language, category));
    }

    public void withdraw(UUID reply) {
        happened(reader -> reader.withdrawn(reply));
    }

    public void rejected(UUID reply, AnsweredQuestion question) {
        long id = feed.asked(Kind.REJECTED, reply, question);
        happened(reader -> reader.rejected(id, reply, question));
    }

    public void answered(UUID reply, AnsweredQuestion question) {
        long id = feed.asked(Kind.ANSWERED, reply, question);
        happened(reader -> reader.answered(id, reply, question));
    }

    /** Many at once, as after an import, when all of them have been read. */
    public void answered(UUID reply, List<AnsweredQuestion> questions) {
        List<Meanings.UnreadQuestion> unread = new ArrayList<>();
        for (AnsweredQuestion question : questions) {
            long id = feed.asked(Kind.ANSWERED, reply, question);
            unread.add(new Meanings.UnreadQuestion(id, reply, question));
            feed.add(reader -> reader.answered(id, reply, question));
        }
        if (meanings != null) {
            store.read.putAll(meanings.readQuestions(unread, false));
        }
        follower.committed(new KnowledgeChanged(feed.revision()));
        follower.look();
    }

    /** Sees every change made before. The settings are the server's defaults. */
    public Candidates candidates(String query, String question, int limit) {
        return retrieval.candidates(query, question, limit);
    }

    private void happened(Change change) {
        follower.committed(new KnowledgeChanged(feed.add(change)));
        // Immediately, as in a server where changes arrive one at a time. Changes that arrive together are encoded in
        // the background, which needs a database.
        follower.look();
    }

    @Override
    public void close() {
        follower.stop(null);
    }

    private interface Change {
        void tell(KnowledgeFeed.Reader reader);
    }

    /** The revision is the number of changes. */
    private static final class Feed extends KnowledgeFeed {
        private final List<Change> changes = new ArrayList<>();
        private final Map<Kind, Map<Long, Meanings.UnreadQuestion>> asked = new EnumMap<>(Kind.class);

        Feed() {
            super(null);
        }

        synchronized long add(Change change) {
            changes.add(change);
            return changes.size();
        }

        /** Adds a question and returns its id. */
        synchronized long asked(Kind kind, UUID reply, AnsweredQuestion question) {
            long id = revision();
            asked.computeIfAbsent(kind, one -> new HashMap<>())
                    .put(id, new Meanings.UnreadQuestion(id, reply, question));
            return id;
        }

        synchronized List<Meanings.UnreadQuestion> texts(Kind kind, Collection<Long> ids) {
            return ids.stream().map(asked.getOrDefault(kind, Map.of())::get).toList();
        }

        @Override
        public synchronized long revision() {
            return changes.size();
        }

        @Override
        public String installation() {
            return "unstored";
        }

        @Override
        public long corrections() {
            return 0;
        }

        @Override
        public synchronized long read(long after, long answersAfter, int questionsPerReply, Reader reader) {
            changes.subList((int) Math.max(0, after), changes.size()).forEach(change -> change.tell(reader));
            return changes.size();
        }
    }

    /** Keeps what was read beforehand and nothing else, so that every other text is encoded again. */
    private static final class NoStore extends VectorStore {
        private final Feed feed;
        private final Map<Long, float[]> read = new ConcurrentHashMap<>();

        NoStore(Feed feed) {
            super(null);
            this.feed = feed;
        }

        @Override
        void use(String encoder) {}

        @Override
        Map<UUID, OfVersion> replies(String encoder, Collection<UUID> ids) {
            return Map.of();
        }

        @Override
        Map<Long, float[]> questions(Kind kind, String encoder, Collection<Long> ids) {
            Map<Long, float[]> known = new HashMap<>();
            ids.stream().filter(read::containsKey).forEach(id -> known.put(id, read.get(id)));
            return known;
        }

        @Override
        List<Meanings.UnreadQuestion> texts(Kind kind, Collection<Long> ids) {
            return feed.texts(kind, ids);
        }

        @Override
        void addReplies(String encoder, Map<UUID, OfVersion> vectors) {}

        @Override
        void addQuestions(Kind kind, String encoder, Map<Long, float[]> vectors) {}
    }
}
