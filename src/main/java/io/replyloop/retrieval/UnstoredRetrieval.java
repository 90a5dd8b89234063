package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeChanged;
import io.replyloop.knowledge.KnowledgeFeed;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The product's retrieval over a knowledge base that stands in no database, for measuring. What is published and answered
 * here comes to the index as it does in a server, and is found by the next search.
 */
public final class UnstoredRetrieval implements AutoCloseable {
    private final Feed feed = new Feed();
    private final KnowledgeFollower follower;
    private final Retrieval retrieval;

    public UnstoredRetrieval() {
        RetrievalConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withMappingIgnore("replyloop.**")
                .withMapping(RetrievalConfig.class)
                .build()
                .getConfigMapping(RetrievalConfig.class);
        follower = new KnowledgeFollower(feed, config);
        retrieval = new Retrieval(follower, config);
    }

    public void publish(UUID reply, String title, String text, String language, String category) {
        happened(reader -> reader.published(reply, 1, title, text, language, category));
    }

    public void withdraw(UUID reply) {
        happened(reader -> reader.withdrawn(reply));
    }

    public void answered(UUID reply, AnsweredQuestion question) {
        long id = feed.revision();
        happened(reader -> reader.answered(id, reply, question));
    }

    /** Sees all that has happened before; the settings are those of a server without any. */
    public Candidates candidates(String query, String question, int limit) {
        return retrieval.candidates(query, question, limit);
    }

    private void happened(Change change) {
        follower.committed(new KnowledgeChanged(feed.add(change)));
    }

    @Override
    public void close() {
        follower.stop(null);
    }

    private interface Change {
        void tell(KnowledgeFeed.Reader reader);
    }

    /** Its revision is the number of changes. */
    private static final class Feed extends KnowledgeFeed {
        private final List<Change> changes = new ArrayList<>();

        Feed() {
            super(null);
        }

        synchronized long add(Change change) {
            changes.add(change);
            return changes.size();
        }

        @Override
        public synchronized long revision() {
            return changes.size();
        }

        @Override
        public synchronized long read(long after, int questionsPerReply, Reader reader) {
            changes.subList((int) Math.max(0, after), changes.size()).forEach(change -> change.tell(reader));
            return changes.size();
        }
    }
}
