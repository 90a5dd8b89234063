package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
        assertThat(candidates(question).get(0).reply()).isEqualTo(returns);

        knowledge.rememberAnswer(fit, question, question, UUID.randomUUID());

        List<Candidate> after = candidates("do you think I can return to wearing my old trousers?");
        assertThat(after.get(0).reply()).isEqualTo(fit);
        assertThat(after.get(0).evidence().memory() > 0.5)
                .as("%s", after.toString())
                .isTrue();
    }

    @Test
    void every_published_reply_of_a_small_knowledge_base_is_a_candidate() {
        UUID returns = published("Send it back", "You may return goods within 30 days.", "en");
        UUID hours = published("Hours", "We open at nine.", "en");
        List<Candidate> found = retrieval
                .candidates("completely unrelated", "completely unrelated", 1)
                .candidates();
        assertThat(found.stream().map(Candidate::reply).collect(Collectors.toSet()))
                .isEqualTo(Set.of(returns, hours));
        assertThat(found.get(0).evidence().firstStage()).isEqualTo(0);
        assertThat(found.get(0).evidence().memory()).isEqualTo(0);
        assertThat(found.get(0).category()).isEqualTo("shop");
    }

    @Test
    void drafts_and_archived_replies_are_no_candidates() {
        UUID reply = published("Hours", "We open at nine.", "en");
        knowledge.create(new ReplyDraft(null, "Draft", "We open at ten.", "en", null, null, null), null);
        assertThat(candidates("when do you open").size()).isEqualTo(1);
        knowledge.archive(reply, null);
        assertThat(candidates("when do you open")).isEqualTo(List.of());
    }

    @Test
    void a_reply_that_is_published_again_still_knows_its_questions() {
        UUID reply = published("Hours", "We open at nine.", "en");
        knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
        knowledge.archive(reply, null);
        knowledge.publish(reply, null);
        assertThat(candidate("doors", reply).orElseThrow().evidence().memory() > 0.5)
                .isTrue();
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
        assertThat(changed.text()).isEqualTo("Never closed.");
        assertThat(changed.version()).isEqualTo(read.version() + 1);
        assertThat(changed.evidence().memory() > 0.5).isTrue();
        assertThat(candidate("nine", reply).orElseThrow().evidence().firstStage())
                .isEqualTo(0);
    }

    @Test
    void replies_that_say_the_same_are_one_candidate_with_the_better_of_both_signs() {
        UUID first = published("Bye", "Thank you and goodbye.", "en");
        UUID second = published("Farewell", "thank you  and GOODBYE.", "en");
        UUID chinese = published("Bye", "Thank you and goodbye.", "zh");
        knowledge.rememberAnswer(second, "that was all", "that was all", UUID.randomUUID());
        List<Candidate> found = candidates("that was all");
        assertThat(found.stream().map(Candidate::reply).toList()).isEqualTo(List.of(second, chinese));
        assertThat(found.get(0).reply()).isNotEqualTo(first);
    }

    @Test
    void a_chinese_question_finds_chinese_replies_first_and_english_ones_after_them() {
        UUID english = published("Invoice", "The invoice is in your account.", "en");
        UUID chinese = published("发票", "发票在您的账户里。", "zh");
        assertThat(candidates("怎么开发票?").stream().map(Candidate::reply).toList()).isEqualTo(List.of(chinese, english));
        assertThat(candidates("where is my invoice").stream()
                        .map(Candidate::reply)
                        .toList())
                .isEqualTo(List.of(english, chinese));
    }

    @Test
    void what_a_transaction_takes_back_never_reaches_the_index() {
        UUID reply = published("Hours", "We open at nine.", "en");
        long before = retrieval.candidates("x", "x").revision();
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
                    throw new IllegalStateException("the message could not be stored");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(retrieval.candidates("x", "x").revision()).isEqualTo(before);
        assertThat(candidate("doors", reply).orElseThrow().evidence().memory()).isEqualTo(0);
    }

    @Test
    void a_question_finds_the_same_one_of_another_customer_whatever_their_numbers() {
        UUID reply = published("Callback", "Somebody will ring you today.", "en");
        String asked = "Your number, please?\nplease ring me back, 0171 1234567";
        knowledge.rememberAnswer(reply, asked, "please ring me back, 0171 1234567", UUID.randomUUID());

        String again = "please ring me back, (415) 555-0132";
        assertThat(candidate(again, reply).orElseThrow().evidence().memory() > 0.8)
                .isTrue();
    }

    @Test
    void a_search_inside_a_transaction_sees_only_what_is_committed() {
        UUID reply = published("Hours", "We open at nine.", "en");
        QuarkusTransaction.requiringNew().run(() -> {
            knowledge.rememberAnswer(reply, "doors", "doors", UUID.randomUUID());
            assertThat(candidate("doors", reply).orElseThrow().evidence().memory())
                    .isEqualTo(0);
        });
        assertThat(candidate("doors", reply).orElseThrow().evidence().memory() > 0.5)
                .isTrue();
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
        assertThat(fresh.revision()).isEqualTo(followed.revision());
        assertThat(fresh.replies().keySet()).isEqualTo(followed.replies().keySet());
        Question question = Question.of("doors", "doors");
        assertThat(fresh.index().search(question)).isEqualTo(followed.index().search(question));
        other.stop(null);
    }

    @Test
    void a_large_knowledge_base_gives_the_best_of_each_sign_by_turns() {
        UUID byWords = published("Hours", "We open at nine.", "en");
        UUID byMemory = published("Doors", "Come in.", "en");
        published("Gifts", "Vouchers make nice presents.", "en");
        knowledge.rememberAnswer(byMemory, "when do you open", "when do you open", UUID.randomUUID());
        Retrieval large = new Retrieval(follower, new LargeKnowledgeBase(), new SimpleMeterRegistry());
        assertThat(large.candidates("when do you open", "when do you open", 2).candidates().stream()
                        .map(Candidate::reply)
                        .toList())
                .isEqualTo(List.of(byMemory, byWords));
        assertThat(large.candidates("when do you open", "when do you open", 1).candidates().stream()
                        .map(Candidate::reply)
                        .toList())
                .isEqualTo(List.of(byMemory));
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
