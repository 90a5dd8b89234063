package io.replyloop.retrieval;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RetrievalTest {
    @Inject
    Retrieval retrieval;

    @Inject
    KnowledgeService knowledge;

    @Inject
    KnowledgeFeed feed;

    @Inject
    KnowledgeFollower follower;

    @Inject
    VectorStore vectors;

    @Inject
    DataSource database;

    @BeforeEach
    @AfterEach
    void nothing_stays_published() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    private UUID published(String title, String text, String language) {
        ReplyDraft draft = new ReplyDraft(null, title, text, language, List.of("shop"), null, null);
        return knowledge.publish(knowledge.create(draft, null).id(), null).id();
    }

    private List<Candidate> candidates(String question) {
        return retrieval.candidates(question, question).candidates();
    }

    private Optional<Candidate> candidate(String question, UUID reply) {
        return candidates(question).stream()
                .filter(candidate -> candidate.reply().equals(reply))
                .findFirst();
    }

    @Test
    void an_accepted_suggestion_is_found_first_right_away_without_any_training() {
        UUID returns = published("Send it back", "You may return goods within 30 days.", "en");
        UUID fit = published("Sizes", "Please have a look at our measurements table.", "en");
        String question = "do you think I can return to wearing my old trousers from this shop";
        assertEquals(returns, candidates(question).get(0).reply());

        knowledge.rememberAnswer(fit, question, question, UUID.randomUUID());

        List<Candidate> after = candidates("do you think I can return to wearing my old trousers?");
        assertEquals(fit, after.get(0).reply());
        assertTrue(after.get(0).evidence().memory() > 0.5, after.toString());
    }

    @Test
    void every_published_reply_of_a_small_knowledge_base_is_a_candidate() {
        UUID returns = published("Send it back", "You may return goods within 30 days.", "en");
        UUID hours = published("Hours", "We open at nine.", "en");
        List<Candidate> found = retrieval
                .candidates("completely unrelated", "completely unrelated", 1)
                .candidates();
        assertEquals(
                Set.of(returns, hours), found.stream().map(Candidate::reply).collect(Collectors.toSet()));
        assertEquals(0, found.get(0).evidence().firstStage());
        assertEquals(0, found.get(0).evidence().memory());
        assertEquals("shop", found.get(0).category());
    }

    @Test
    void drafts_and_archived_replies_are_no_candidates() {
        UUID reply = published("Hours", "We open at nine.", "en");
        knowledge.create(new ReplyDraft(null, "Draft", "We open at ten.", "en", null, null, null), null);
        assertEquals(1, candidates("when do you open").size());
        knowledge.archive(reply, null);
        assertEquals(List.of(), candidates("when do you open"));
    }

    @Test
    void a_reply_that_is_published_again_still_knows_its_questions() {
        UUID reply = published("Hours", "We open at nine.", "en");
        knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
        knowledge.archive(reply, null);
        knowledge.publish(reply, null);
        assertTrue(candidate("doors", reply).orElseThrow().evidence().memory() > 0.5);
    }

    @Test
    void a_changed_text_is_what_candidates_show_and_its_questions_stay() {
        UUID reply = published("Hours", "We open at nine.", "en");
        knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
        ReplyView read = knowledge.get(reply);
        knowledge.update(
                reply,
                new ReplyDraft(null, "Hours", "Never closed.", "en", List.of("shop"), null, read.version()),
                null);
        Candidate changed = candidate("doors", reply).orElseThrow();
        assertEquals("Never closed.", changed.text());
        assertEquals(read.version() + 1, changed.version());
        assertTrue(changed.evidence().memory() > 0.5);
        assertEquals(0, candidate("nine", reply).orElseThrow().evidence().firstStage());
    }

    @Test
    void replies_that_say_the_same_are_one_candidate_with_the_better_of_both_signs() {
        UUID first = published("Bye", "Thank you and goodbye.", "en");
        UUID second = published("Farewell", "thank you  and GOODBYE.", "en");
        UUID chinese = published("Bye", "Thank you and goodbye.", "zh");
        knowledge.rememberAnswer(second, "that was all", "that was all", UUID.randomUUID());
        List<Candidate> found = candidates("that was all");
        assertEquals(
                List.of(second, chinese), found.stream().map(Candidate::reply).toList());
        assertNotEquals(first, found.get(0).reply());
    }

    @Test
    void a_chinese_question_finds_chinese_replies_first_and_english_ones_after_them() {
        UUID english = published("Invoice", "The invoice is in your account.", "en");
        UUID chinese = published("发票", "发票在您的账户里。", "zh");
        assertEquals(
                List.of(chinese, english),
                candidates("怎么开发票?").stream().map(Candidate::reply).toList());
        assertEquals(
                List.of(english, chinese),
                candidates("where is my invoice").stream().map(Candidate::reply).toList());
    }

    @Test
    void what_a_transaction_takes_back_never_reaches_the_index() {
        UUID reply = published("Hours", "We open at nine.", "en");
        long before = retrieval.candidates("x", "x").revision();
        assertThrows(
                IllegalStateException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
                    throw new IllegalStateException("the message could not be stored");
                }));
        assertEquals(before, retrieval.candidates("x", "x").revision());
        assertEquals(0, candidate("doors", reply).orElseThrow().evidence().memory());
    }

    @Test
    void a_question_finds_the_same_one_of_another_customer_whatever_their_numbers() {
        UUID reply = published("Callback", "Somebody will ring you today.", "en");
        String asked = "Your number, please?\nplease ring me back, 0171 1234567";
        knowledge.rememberAnswer(reply, asked, "please ring me back, 0171 1234567", UUID.randomUUID());

        String again = "please ring me back, (415) 555-0132";
        assertTrue(candidate(again, reply).orElseThrow().evidence().memory() > 0.8);
    }

    @Test
    void a_search_inside_a_transaction_sees_only_what_is_committed() {
        UUID reply = published("Hours", "We open at nine.", "en");
        QuarkusTransaction.requiringNew().run(() -> {
            knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
            assertEquals(0, candidate("doors", reply).orElseThrow().evidence().memory());
        });
        assertTrue(candidate("doors", reply).orElseThrow().evidence().memory() > 0.5);
    }

    @Test
    void what_another_node_commits_is_found_soon() throws SQLException {
        UUID reply = published("Hours", "We open at nine.", "en");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("with next as (update knowledge_revision set revision = revision + 1 returning revision)"
                    + " insert into answered_question (reply_id, question, source, source_id, revision)"
                    + " select '" + reply + "', 'are the doors open', 'decision', gen_random_uuid()::text, revision"
                    + " from next");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> candidate("are the doors open", reply)
                                .orElseThrow()
                                .evidence()
                                .memory()
                        > 0.5);
    }

    @Test
    void a_node_that_starts_reads_what_the_others_have_at_the_same_revision() throws SQLException {
        UUID reply = published("Hours", "We open at nine.", "en");
        knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
        KnowledgeFollower other = new KnowledgeFollower(feed, new LargeKnowledgeBase(), vectors, Encoders.NONE, null);
        KnowledgeFollower.State fresh = other.current();
        KnowledgeFollower.State followed = follower.current();
        assertEquals(followed.revision(), fresh.revision());
        assertEquals(followed.replies().keySet(), fresh.replies().keySet());
        Question question = Question.of("doors", "doors");
        assertEquals(followed.index().search(question), fresh.index().search(question));
        other.stop(null);
    }

    @Test
    void a_large_knowledge_base_gives_the_best_of_each_sign_by_turns() {
        UUID byWords = published("Hours", "We open at nine.", "en");
        UUID byMemory = published("Doors", "Come in.", "en");
        published("Gifts", "Vouchers make nice presents.", "en");
        knowledge.rememberAnswer(byMemory, "when do you open", "when do you open", UUID.randomUUID());
        Retrieval large = new Retrieval(follower, new LargeKnowledgeBase(), new SimpleMeterRegistry());
        assertEquals(
                List.of(byMemory, byWords),
                large.candidates("when do you open", "when do you open", 2).candidates().stream()
                        .map(Candidate::reply)
                        .toList());
        assertEquals(
                List.of(byMemory),
                large.candidates("when do you open", "when do you open", 1).candidates().stream()
                        .map(Candidate::reply)
                        .toList());
    }

    private record LargeKnowledgeBase() implements RetrievalConfig {
        @Override
        public int rankWholeUpTo() {
            return 2;
        }

        @Override
        public int candidates() {
            return 50;
        }

        @Override
        public int questionsPerReply() {
            return 10;
        }

        @Override
        public Duration poll() {
            return Duration.ofHours(1);
        }
    }
}
