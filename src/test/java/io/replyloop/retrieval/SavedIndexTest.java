package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.erasure.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that was saved, and what is done anew where it cannot be used. */
@QuarkusTest
class SavedIndexTest extends NodesWithVectors {
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

    @Test
    void after_an_erasure_the_index_is_made_anew_and_nothing_of_the_old_one_is_left(@TempDir Path folder)
            throws Exception {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        knowledge.rememberAnswer(reply, "quokka wish", "quokka wish", UUID.randomUUID());
        knowledge.rememberAnswer(reply, "matter number1", "matter number1", UUID.randomUUID());
        WordVectors encoder = new WordVectors("one");
        KnowledgeFollower first = node(folder, encoder);
        ReplyIndex learned = first.look().index();
        first.stop(null);
        learned.close();
        assertThat(Traces.inFiles(folder, "quokka")).isNotEmpty();
        KnowledgeFollower second = node(folder, encoder);
        assertThat(second.look().index().savedRevision()).isPositive();

        execute("delete from answered_question where question = 'quokka wish'");
        execute("update knowledge_revision set revision = revision + 1, erasures = erasures + 1");

        assertThat(second.look().index().savedRevision()).isEqualTo(IndexFolder.NOTHING);
        assertThat(evidence(second, "matter number1", reply).memory()).isGreaterThan(0.5);
        assertThat(Traces.inFiles(folder, "quokka")).isEmpty();
        learned = second.look().index();
        second.stop(null);
        learned.close();
        assertThat(Traces.inFiles(folder, "quokka")).isEmpty();
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
}
