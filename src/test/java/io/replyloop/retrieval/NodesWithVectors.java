package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Nodes that follow the knowledge base and share the vectors in the database. */
abstract class NodesWithVectors {
    static final int MANY = 40;

    @Inject
    KnowledgeService knowledge;

    @Inject
    KnowledgeFeed feed;

    @Inject
    VectorStore store;

    @Inject
    DataSource database;

    @BeforeEach
    @AfterEach
    void nothing_stays_published() throws SQLException {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        execute("delete from text_encoder");
    }

    UUID published(String title, String text) {
        ReplyDraft draft = new ReplyDraft(null, title, text, "en", List.of("shop"), null, null);
        return knowledge.publish(knowledge.create(draft, null).id(), null).id();
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** By the encoders of this test; the application's own reads the same texts. */
    long stored(String vectors) throws SQLException {
        return count(vectors + " where encoder in ('one/1', 'two/1', 'old/1', 'fresh/1')");
    }

    KnowledgeFollower node(TextVectors... encoders) {
        return new KnowledgeFollower(feed, new Small(), store, WordVectors.encoders(encoders), null);
    }

    KnowledgeFollower node(Path folder, TextVectors encoder) {
        return new KnowledgeFollower(
                feed, new Small(), store, WordVectors.encoders(encoder), folder, Duration.ofMillis(50));
    }

    static Evidence evidence(KnowledgeFollower node, String question, UUID reply) {
        while (true) {
            KnowledgeFollower.State state = node.look();
            Question asked = Question.of(question, question)
                    .understoodBy(state.meanings().encoder(), true)
                    .join();
            try {
                return state.index().search(asked).evidence(reply);
            } catch (AlreadyClosedException replaced) {
                // Another index has taken its place meanwhile.
                assertThat(node.look().index()).isNotSameAs(state.index());
            }
        }
    }

    record Small() implements RetrievalConfig {
        @Override
        public int rankWholeUpTo() {
            return 200;
        }

        @Override
        public int candidates() {
            return 50;
        }

        @Override
        public int questionsPerReply() {
            return 1_000;
        }

        @Override
        public Duration poll() {
            return Duration.ofHours(1);
        }
    }
}
