package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in the database, and the nodes that share them. */
@QuarkusTest
class VectorsTest {
    private static final int MANY = 40;

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

    private UUID published(String title, String text) {
        ReplyDraft draft = new ReplyDraft(null, title, text, "en", List.of("shop"), null, null);
        return knowledge.publish(knowledge.create(draft, null).id(), null).id();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** By the encoders of this test; the application's own reads the same texts. */
    private long stored(String vectors) throws SQLException {
        return count(vectors + " where encoder in ('one/1', 'two/1', 'old/1', 'fresh/1')");
    }

    private KnowledgeFollower node(TextVectors... encoders) {
        return new KnowledgeFollower(feed, new Small(), store, WordVectors.encoders(encoders), null);
    }

    private static Evidence evidence(KnowledgeFollower node, String question, UUID reply) {
        KnowledgeFollower.State state = node.look();
        Question asked = Question.of(question, question)
                .understoodBy(state.meanings().encoder(), true)
                .join();
        return state.index().search(asked).evidence(reply);
    }

    @Test
    void a_reply_and_a_question_are_found_by_their_meaning_at_once_and_read_once_for_all_nodes() throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        WordVectors first = new WordVectors("one");
        KnowledgeFollower node = node(first);
        assertThat(evidence(node, "shipment", reply).meaning() > 0.2).isTrue();
        knowledge.rememberAnswer(reply, "where does it come from", "where does it come from", UUID.randomUUID());
        assertThat(evidence(node, "where does it come from", reply).memory() > 0.5)
                .isTrue();
        assertThat(stored("reply_vector")).isEqualTo(1);
        assertThat(stored("question_vector")).isEqualTo(1);

        WordVectors second = new WordVectors("one");
        KnowledgeFollower other = node(second);
        other.look();
        assertThat(second.read()).as("the other node has computed them").isEqualTo(0);
        assertThat(evidence(other, "where does it come from", reply).memory())
                .isCloseTo(evidence(node, "where does it come from", reply).memory(), within(0.02));
        node.stop(null);
        other.stop(null);
    }

    @Test
    void a_changed_text_is_read_again() throws SQLException {
        UUID reply = published("Hours", "Nothing of interest.");
        KnowledgeFollower node = node(new WordVectors("one"));
        double before = evidence(node, "shipment", reply).meaning();
        ReplyView read = knowledge.get(reply);
        knowledge.update(
                reply, new ReplyDraft(null, "Package", "Package.", "en", List.of("shop"), null, read.version()), null);
        assertThat(evidence(node, "shipment", reply).meaning() > before + 0.5).isTrue();
        assertThat(stored("reply_vector")).isEqualTo(1);
        node.stop(null);
    }

    @Test
    void what_is_erased_loses_its_vectors() throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        knowledge.rememberAnswer(reply, "a private matter", "a private matter", UUID.randomUUID());
        KnowledgeFollower node = node(new WordVectors("one"));
        node.look();
        assertThat(stored("question_vector")).isEqualTo(1);
        execute("delete from answered_question where question = 'a private matter'");
        assertThat(stored("question_vector")).isEqualTo(0);
        node.stop(null);
    }

    @Test
    void more_texts_than_can_be_read_at_once_are_read_in_the_background() throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        for (int i = 0; i < MANY; i++) {
            knowledge.rememberAnswer(reply, "matter number" + i, "matter number" + i, UUID.randomUUID());
        }
        KnowledgeFollower node = node(new WordVectors("one"));
        node.look();
        await().atMost(Duration.ofSeconds(20)).until(() -> stored("question_vector") == MANY);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> evidence(node, "matter number7", reply).known() > 0.5);
        node.stop(null);
    }

    @Test
    void a_changed_encoder_reads_everything_while_the_old_vectors_serve() throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        for (int i = 0; i < MANY; i++) {
            knowledge.rememberAnswer(reply, "matter number" + i, "matter number" + i, UUID.randomUUID());
        }
        WordVectors old = new WordVectors("old");
        KnowledgeFollower before = node(old);
        before.look();
        await().atMost(Duration.ofSeconds(20)).until(() -> stored("question_vector") == MANY);
        before.stop(null);

        WordVectors fresh = new WordVectors("fresh");
        KnowledgeFollower after = node(fresh, old);
        assertThat(after.look().meanings().encoder()).isSameAs(old);
        assertThat(evidence(after, "matter number7", reply).known() > 0.5).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> after.look().meanings().encoder() == fresh);
        assertThat(evidence(after, "matter number7", reply).known() > 0.5).isTrue();
        assertThat(stored("question_vector"))
                .as("a node of the version before may still run")
                .isEqualTo(2 * MANY);
        after.stop(null);
    }

    @Test
    void a_start_goes_on_with_what_was_saved(@TempDir Path folder) throws Exception {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        UUID other = published("Sizes", "There is a chart.");
        for (int i = 0; i < 5; i++) {
            knowledge.rememberAnswer(reply, "matter number" + i, "matter number" + i, UUID.randomUUID());
            knowledge.rememberAnswer(other, "subject number" + i, "subject number" + i, UUID.randomUUID());
        }
        knowledge.rememberAnswer(other, "wholly unlike wish", "wholly unlike wish", UUID.randomUUID());
        WordVectors encoder = new WordVectors("one");
        KnowledgeFollower first =
                new KnowledgeFollower(feed, new Small(), store, WordVectors.encoders(encoder), folder);
        Evidence before = evidence(first, "matter number3", reply);
        ReplyIndex learned = first.look().index();
        first.stop(null);
        learned.close();

        knowledge.rememberAnswer(other, "meanwhile asked", "meanwhile asked", UUID.randomUUID());
        execute("delete from answered_question where question = 'wholly unlike wish'");
        KnowledgeFollower second =
                new KnowledgeFollower(feed, new Small(), store, WordVectors.encoders(encoder), folder);
        assertThat(second.look().index().savedRevision() > 0).isTrue();
        Evidence after = evidence(second, "matter number3", reply);
        assertThat(after.memory()).isCloseTo(before.memory(), within(0.05));
        assertThat(after.known()).isCloseTo(before.known(), within(0.05));
        assertThat(evidence(second, "meanwhile asked", other).memory() > 0.5).isTrue();
        assertThat(evidence(second, "wholly unlike wish", other).known()
                        < evidence(second, "subject number3", other).known() - 0.1)
                .as("an erased question is forgotten")
                .isTrue();
        learned = second.look().index();
        second.stop(null);
        learned.close();

        try (Stream<Path> folders = Files.list(folder)) {
            folders.forEach(one -> damage(one.resolve("questions")));
        }
        KnowledgeFollower third =
                new KnowledgeFollower(feed, new Small(), store, WordVectors.encoders(encoder), folder);
        assertThat(third.look().index().savedRevision()).isEqualTo(IndexFolder.NOTHING);
        assertThat(evidence(third, "matter number3", reply).memory() > 0.5)
                .as("what is damaged is learned anew")
                .isTrue();
        learned = third.look().index();
        third.stop(null);
        learned.close();

        KnowledgeFollower fourth =
                new KnowledgeFollower(feed, new Small(), store, WordVectors.encoders(encoder), folder);
        assertThat(fourth.look().index().savedRevision() > 0)
                .as("a damaged folder heals")
                .isTrue();
        learned = fourth.look().index();
        fourth.stop(null);
        learned.close();
    }

    private static void damage(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("write.lock"))
                    .toList()) {
                Files.writeString(file, "damaged");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private KnowledgeFollower node(Path folder, TextVectors encoder) {
        return new KnowledgeFollower(
                feed, new Small(), store, WordVectors.encoders(encoder), folder, Duration.ofMillis(50));
    }

    @Test
    void reading_goes_on_after_a_failure_and_after_a_restart(@TempDir Path folder) throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        for (int i = 0; i < MANY; i++) {
            knowledge.rememberAnswer(reply, "matter number" + i, "matter number" + i, UUID.randomUUID());
        }
        WordVectors encoder = new WordVectors("one");
        encoder.refuse(true);
        KnowledgeFollower first = node(folder, encoder);
        ReplyIndex learned = first.look().index();
        first.stop(null);
        learned.close();
        assertThat(stored("question_vector")).isEqualTo(0);

        KnowledgeFollower second = node(folder, encoder);
        assertThat(second.look().index().savedRevision() > 0).isTrue();
        encoder.refuse(false);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> evidence(second, "matter number7", reply).known() > 0.5);
        assertThat(evidence(second, "shipment", reply).meaning() > 0.2).isTrue();
        assertThat(stored("question_vector")).isEqualTo(MANY);
        learned = second.look().index();
        second.stop(null);
        learned.close();

        KnowledgeFollower third = node(folder, encoder);
        assertThat(third.look().index().unread(VectorStore.Kind.ANSWERED, 1))
                .as("what was read has been saved")
                .isEqualTo(List.of());
        learned = third.look().index();
        third.stop(null);
        learned.close();
    }

    @Test
    void what_another_node_has_read_comes_to_this_ones_index() throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        for (int i = 0; i < MANY; i++) {
            knowledge.rememberAnswer(reply, "matter number" + i, "matter number" + i, UUID.randomUUID());
        }
        KnowledgeFollower one = node(null, new WordVectors("one"));
        KnowledgeFollower other = node(null, new WordVectors("one"));
        for (KnowledgeFollower node : List.of(one, other)) {
            node.look();
        }
        for (KnowledgeFollower node : List.of(one, other)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.look()
                            .index()
                            .unread(VectorStore.Kind.ANSWERED, 1)
                            .isEmpty());
            assertThat(evidence(node, "matter number7", reply).known() > 0.5).isTrue();
        }
        assertThat(stored("question_vector")).isEqualTo(MANY);
        one.stop(null);
        other.stop(null);
    }

    @Test
    void an_index_that_can_no_longer_be_written_is_made_anew(@TempDir Path folder) {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        KnowledgeFollower node = node(folder, new WordVectors("one"));
        node.look().index().close();
        knowledge.rememberAnswer(reply, "asked afterwards", "asked afterwards", UUID.randomUUID());
        assertThat(evidence(node, "asked afterwards", reply).memory() > 0.5).isTrue();
        node.stop(null);
    }

    @Test
    void a_start_without_an_encoder_leaves_what_was_learned_with_one(@TempDir Path folder) {
        published("Delivery", "Each package arrives within a week.");
        WordVectors encoder = new WordVectors("one");
        KnowledgeFollower meant = node(folder, encoder);
        ReplyIndex learned = meant.look().index();
        meant.stop(null);
        learned.close();
        KnowledgeFollower words = new KnowledgeFollower(feed, new Small(), store, Encoders.NONE, folder, Duration.ZERO);
        learned = words.look().index();
        words.stop(null);
        learned.close();
        KnowledgeFollower again = node(folder, encoder);
        assertThat(again.look().index().savedRevision() > 0).isTrue();
        learned = again.look().index();
        again.stop(null);
        learned.close();
    }

    @Test
    void vectors_that_a_node_has_used_lately_stay() throws SQLException {
        published("Delivery", "Each package arrives within a week.");
        KnowledgeFollower node = node(new WordVectors("one"));
        node.look();
        execute("update text_encoder set used_at = now() - interval '40 days'");
        node.inUse();
        KnowledgeFollower later = node(new WordVectors("two"));
        later.look();
        assertThat(stored("reply_vector")).isEqualTo(2);
        node.stop(null);
        later.stop(null);
    }

    @Test
    void a_vector_of_a_text_that_is_not_masked_by_the_rules_of_today_is_not_used() throws SQLException {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        knowledge.rememberAnswer(reply, "where is it", "where is it", UUID.randomUUID());
        KnowledgeFollower node = node(new WordVectors("one"));
        node.look();
        node.stop(null);
        execute("update answered_question set masked_by = 0 where question = 'where is it'");
        WordVectors again = new WordVectors("one");
        KnowledgeFollower later = node(again);
        later.look();
        assertThat(again.read()).isEqualTo(1);
        later.stop(null);
    }

    @Test
    void vectors_that_nobody_has_used_for_long_are_deleted() throws SQLException {
        published("Delivery", "Each package arrives within a week.");
        KnowledgeFollower node = node(new WordVectors("one"));
        node.look();
        node.stop(null);
        execute("update text_encoder set used_at = now() - interval '40 days'");
        KnowledgeFollower later = node(new WordVectors("two"));
        later.look();
        assertThat(count("text_encoder where version in ('one/1', 'two/1')")).isEqualTo(1);
        assertThat(stored("reply_vector")).isEqualTo(1);
        later.stop(null);
    }

    private record Small() implements RetrievalConfig {
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
