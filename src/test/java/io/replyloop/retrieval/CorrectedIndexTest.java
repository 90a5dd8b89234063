package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.KnowledgeChanged;
import io.replyloop.knowledge.KnowledgeFeed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CorrectedIndexTest extends NodesWithVectors {
    /** Less than a search would wait for an index. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private volatile CountDownLatch held;
    private final CountDownLatch makesAnother = new CountDownLatch(1);

    @Test
    void after_a_correction_nobody_waits_for_another_index_which_has_forgotten_what_was_wrong() throws Exception {
        UUID reply = published("Delivery", "Each package arrives within a week.");
        knowledge.rememberAnswer(reply, "quokka wish", "quokka wish", UUID.randomUUID());
        knowledge.rememberAnswer(reply, "matter number1", "matter number1", UUID.randomUUID());
        KnowledgeFollower node = new KnowledgeFollower(
                heldFeed(), new Small(), store, WordVectors.encoders(new WordVectors("one")), null);
        ReplyIndex old = node.look().index();
        assertThat(evidence(node, "quokka wish", reply).memory()).isGreaterThan(0.5);

        held = new CountDownLatch(1);
        execute("delete from answered_question where question = 'quokka wish'");
        execute("update knowledge_revision set revision = revision + 1, corrections = corrections + 1");
        node.committed(new KnowledgeChanged(feed.revision()));
        CompletableFuture<KnowledgeFollower.State> search = CompletableFuture.supplyAsync(node::current);
        assertThat(search).succeedsWithin(AT_ONCE);
        assertThat(search.join().index()).isSameAs(old);
        assertThat(search.join().revision()).isEqualTo(feed.revision());
        makesAnother.await();
        knowledge.rememberAnswer(reply, "asked meanwhile", "asked meanwhile", UUID.randomUUID());
        node.committed(new KnowledgeChanged(feed.revision()));
        assertThat(CompletableFuture.supplyAsync(node::current)).succeedsWithin(AT_ONCE);

        held.countDown();
        await().until(() -> node.current().index() != old);
        assertThat(evidence(node, "asked meanwhile", reply).memory()).isGreaterThan(0.5);
        assertThat(evidence(node, "matter number1", reply).memory()).isGreaterThan(0.5);
        assertThat(evidence(node, "quokka wish", reply).memory()).isLessThan(0.5);
        node.stop(null);
    }

    /** Reads everything only when it may. */
    private KnowledgeFeed heldFeed() {
        KnowledgeFeed real = feed;
        return new KnowledgeFeed(null) {
            @Override
            public long revision() throws SQLException {
                return real.revision();
            }

            @Override
            public String installation() throws SQLException {
                return real.installation();
            }

            @Override
            public long corrections() throws SQLException {
                return real.corrections();
            }

            @Override
            public long read(long after, long answersAfter, int questionsPerReply, Reader reader) throws SQLException {
                if (after < 0 && held != null) {
                    makesAnother.countDown();
                    try {
                        held.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
                return real.read(after, answersAfter, questionsPerReply, reader);
            }
        };
    }
}
