package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Vectors in the database, and the nodes that share them. */
@QuarkusTest
class VectorsTest extends NodesWithVectors {
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
}
