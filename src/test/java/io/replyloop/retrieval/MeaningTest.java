package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeaningTest {
    private static final UUID REFUND = new UUID(0, 1);
    private static final UUID DELIVERY = new UUID(0, 2);
    private static final UUID SIZE = new UUID(0, 3);

    private final WordVectors vectors = new WordVectors("test");
    private final ReplyIndex index = new ReplyIndex(2_000);

    MeaningTest() {
        put(REFUND, "Refund", "A refund takes five days");
        put(DELIVERY, "Delivery", "Each package arrives within a week");
        put(SIZE, "Sizes", "There is a chart for jeans");
        index.refresh();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void put(UUID id, String title, String text) {
        float[] meaning = ReplyVector.of(vectors, List.of(new ReplyVector.Written(title, text)), false)
                .join()
                .get(0);
        index.put(new IndexedReply(id, title, text, "en", meaning));
    }

    private void remember(String id, UUID reply, String context, String question) {
        index.remember(new IndexedQuestion(id, reply, context, question, moment(context, question)));
    }

    private float[] moment(String context, String question) {
        return MeaningVector.of(vectors.of(question), context.isEmpty() ? null : vectors.of(context));
    }

    private ReplyIndex.Found search(String context, String question) {
        return index.search(new Question(question, question, context, "", moment(context, question)));
    }

    private Evidence evidence(String question, UUID reply) {
        return search("", question).evidence(reply);
    }

    private static UUID best(ReplyIndex.Found found) {
        return found.of().entrySet().stream()
                .max(Comparator.comparingDouble(entry -> promise(entry.getValue())))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static double promise(Evidence evidence) {
        return evidence.firstStage() + evidence.meaning() + evidence.memory();
    }

    @Test
    void a_reply_is_found_by_what_it_means_where_it_shares_no_word() {
        Evidence delivery = evidence("shipment", DELIVERY);
        assertThat(delivery.firstStage()).isEqualTo(0);
        assertThat(delivery.meaning() > evidence("shipment", REFUND).meaning() + 0.2)
                .as("%s", delivery.toString())
                .isTrue();
        assertThat(delivery.known()).isEqualTo(0);
        assertThat(delivery.memory()).isEqualTo(0);
    }

    @Test
    void a_decision_counts_from_the_next_search_on() {
        assertThat(evidence("does it itch", SIZE).memory() == 0).isTrue();
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        ReplyIndex.Found found = search("", "does it itch");
        assertThat(best(found)).isEqualTo(SIZE);
        assertThat(found.known() > 0.9).as("%s", "known " + found.known()).isTrue();
        assertThat(evidence("completely different words here", SIZE).known() < 0.5)
                .isTrue();
    }

    @Test
    void the_turn_before_tells_short_answers_apart() {
        for (int i = 0; i < 10; i++) {
            remember("s" + i, SIZE, "is this about sizes", "yes");
            remember("r" + i, REFUND, "is this about your cash", "yes");
        }
        index.refresh();
        assertThat(best(search("is this about sizes", "yes"))).isEqualTo(SIZE);
        assertThat(best(search("is this about your money", "yes"))).isEqualTo(REFUND);
    }

    @Test
    void a_turn_before_that_many_share_is_no_sign_that_the_like_was_answered() {
        String before = "hello how can we help you today";
        remember("1", SIZE, before, "does it itch");
        index.refresh();
        ReplyIndex.Found other = search(before, "shipment");
        assertThat(other.known()).isCloseTo(search("", "shipment").known(), within(1e-3));
        assertThat(other.known() < 0.1).as("%s", "known " + other.known()).isTrue();
        assertThat(best(other)).isEqualTo(DELIVERY);
        assertThat(search(before, "does it itch").known() > 0.9).isTrue();
    }

    @Test
    void the_same_moment_has_the_same_vote_with_and_without_a_turn_before() {
        for (String before : List.of("", "is this about sizes")) {
            try (LiveIndex questions = new LiveIndex(new ReplyAnalyzer())) {
                Document document = new Document();
                LiveIndex.addReply(document, SIZE);
                document.add(QuestionVotes.field(moment(before, "does it itch")));
                questions.add(document);
                questions.refresh();
                float[] asked = moment(before, "does it itch");
                QuestionVotes.Votes votes = questions.search(searcher -> QuestionVotes.of(searcher, asked));
                assertThat(votes.ofReplies().get(SIZE) / QuestionVotes.ofQuestion(1))
                        .isCloseTo(1, within(0.1));
                assertThat(votes.ofQuestions() / QuestionVotes.ofQuestion(1)).isCloseTo(1, within(0.1));
            }
        }
    }

    @Test
    void fresh_replies_are_found_at_once_by_their_own_words_after_many_decisions() {
        List<UUID> replies = someReplies(60);
        answerSome(replies, 300);
        for (int i = 0; i < 5; i++) {
            UUID fresh = new UUID(7, i);
            put(fresh, "Fresh " + i, "Zebra" + i + " crossings are painted in colour" + i + " on street" + i);
            index.refresh();
            ReplyIndex.Found found = search("", "zebra" + i + " crossings in colour" + i);
            assertThat(best(found)).as("%s", "reply " + i).isEqualTo(fresh);
            assertThat(found.evidence(fresh).firstStage())
                    .as("its own words count in full")
                    .isCloseTo(WordSearch.WORDS_BESIDE_MEANING, within(1e-9));
        }
    }

    @Test
    void what_was_learned_outweighs_the_texts() {
        List<UUID> replies = someReplies(20);
        answerSome(replies, 400);
        int right = 0;
        for (int n = 1_000; n < 1_100; n++) {
            UUID answer = replies.get(n % replies.size());
            right += best(search("", question(n, n % replies.size()))).equals(answer) ? 1 : 0;
        }
        assertThat(right > 90).as("%s", right + " of 100").isTrue();
    }

    @Test
    void a_great_many_questions_are_learned_in_parts() {
        List<UUID> replies = someReplies(200);
        for (int n = 0; n < 4_000; n++) {
            remember("q" + n, replies.get(n % replies.size()), "", question(n, n % replies.size()));
        }
        int parts = 1;
        while (index.refresh()) {
            parts++;
        }
        assertThat(parts > 1).as("%s", "parts " + parts).isTrue();
        assertThat(index.refresh()).isFalse();
        assertThat(best(search("", question(9_003, 3)))).isEqualTo(replies.get(3));
    }

    @Test
    void a_rejected_reply_falls_behind_for_questions_like_that_one() {
        remember("1", SIZE, "", "does the cloth itch");
        index.refresh();
        Evidence before = evidence("does the cloth itch", SIZE);
        Evidence elsewhere = evidence("jeans chart", SIZE);
        for (int times = 0; times < 2; times++) {
            String asked = "does the cloth itch";
            index.reject(new IndexedQuestion("r" + times, SIZE, "", asked, moment("", asked)));
        }
        Evidence after = evidence("does the cloth itch", SIZE);
        assertThat(after.memory()).isCloseTo(before.memory() / 25, within(1e-3));
        assertThat(after.meaning()).isCloseTo(before.meaning() / 25, within(1e-3));
        assertThat(evidence("jeans chart", SIZE)).isEqualTo(elsewhere);
    }

    @Test
    void a_rejection_told_twice_counts_once() {
        for (int times = 0; times < 2; times++) {
            index.reject(new IndexedQuestion("r", DELIVERY, "", "shipment", moment("", "shipment")));
        }
        double left = evidence("shipment", DELIVERY).meaning();
        index.remove(DELIVERY);
        put(DELIVERY, "Delivery", "Each package arrives within a week");
        index.refresh();
        assertThat(left).isCloseTo(evidence("shipment", DELIVERY).meaning() / 5, within(1e-3));
    }

    @Test
    void a_rejection_is_forgotten_once_the_same_is_answered_with_that_reply() {
        index.reject(new IndexedQuestion("r", SIZE, "", "Does it  itch", moment("", "does it itch")));
        index.reject(new IndexedQuestion("s", SIZE, "hello", "does it itch", moment("hello", "does it itch")));
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        double once = evidence("does it itch", SIZE).meaning();
        index.reject(new IndexedQuestion("t", SIZE, "", "does it itch", moment("", "does it itch")));
        assertThat(evidence("does it itch", SIZE).meaning())
                .as("what is rejected later counts")
                .isCloseTo(once / 5, within(1e-3));
        index.remove(SIZE);
        put(SIZE, "Sizes", "There is a chart for jeans");
        index.reject(new IndexedQuestion("s", SIZE, "hello", "does it itch", moment("hello", "does it itch")));
        index.refresh();
        assertThat(once)
                .as("the other rejection stays")
                .isCloseTo(evidence("does it itch", SIZE).meaning(), within(1e-3));
    }

    @Test
    void a_reply_is_not_punished_for_an_earlier_text() {
        put(DELIVERY, "Delivery", "Each package arrives in time");
        index.reject(new IndexedQuestion("r", DELIVERY, "", "shipment", moment("", "shipment")));
        double rejected = evidence("shipment", DELIVERY).meaning();
        put(DELIVERY, "Deliveries", "Each package arrives in time");
        assertThat(evidence("shipment", DELIVERY).meaning() < 1.5 * rejected)
                .as("the same text is still rejected")
                .isTrue();
        put(DELIVERY, "Delivery", "Each package arrives within a week");
        index.understand(
                VectorStore.Kind.REJECTED, new IndexedQuestion("r", DELIVERY, "", "shipment", moment("", "shipment")));
        index.refresh();
        assertThat(evidence("shipment", DELIVERY).meaning() > 1.5 * rejected).isTrue();
    }

    @Test
    void a_reply_that_is_edited_keeps_what_it_has_answered() {
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        double before = evidence("does it itch", SIZE).memory();
        put(SIZE, "Sizes", "There is a chart for jeans and shirts");
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        assertThat(evidence("does it itch", SIZE).memory()).isCloseTo(before, within(0.02));
    }

    @Test
    void without_an_encoder_words_have_to_do() {
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        Evidence byWords =
                index.search(Question.of("does it itch", "does it itch")).evidence(SIZE);
        assertThat(byWords.meaning()).isEqualTo(0);
        assertThat(byWords.memory() > 0.8).as("%s", byWords.toString()).isTrue();
    }

    @Test
    void thanks_that_were_answered_once_are_known_with_that_reply_and_no_other() {
        List<UUID> replies = someReplies(60);
        answerSome(replies, 100);
        remember("t", SIZE, "", "thanks a lot");
        index.refresh();
        double memory = evidence("thanks a lot", SIZE).memory();
        assertThat(memory > 0.87).as("%s", "memory " + memory).isTrue();
        for (UUID other : replies) {
            assertThat(evidence("thanks a lot", other).memory() < 0.87).isTrue();
        }
    }

    @Test
    void a_question_that_is_forgotten_is_not_kept_to_be_learned_again() throws IOException {
        ReplyRegression regression = new ReplyRegression();
        for (UUID reply : List.of(SIZE, REFUND)) {
            regression.put(reply, vectors.of(reply.toString()));
        }
        for (int i = 0; i < 4; i++) {
            regression.remember("secret" + i, i < 2 ? SIZE : REFUND, moment("", "question " + i));
        }
        regression.learn(Long.MAX_VALUE / 2);
        regression.remember("secret4", REFUND, moment("", "question 4"));
        for (String id : List.of("secret1", "secret4")) {
            regression.forget(id);
        }
        String stored = stored(regression);
        assertThat(stored.contains("secret0") && stored.contains("secret3")).isTrue();
        assertThat(stored.contains("secret1") || stored.contains("secret4")).isFalse();
        regression.remove(SIZE);
        assertThat(stored(regression).contains("secret0")).isFalse();
        regression.put(SIZE, vectors.of("sizes"));
        regression.forget("secret3");
        regression.remember("secret3", REFUND, moment("", "other words"));
        assertThat(stored(regression).contains("secret3"))
                .as("one of the same id may come again")
                .isTrue();
    }

    private static String stored(ReplyRegression regression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        regression.write(new DataOutputStream(bytes));
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void what_waits_to_be_learned_takes_little_room() throws IOException {
        ReplyRegression regression = new ReplyRegression();
        regression.put(SIZE, vectors.of("sizes"));
        for (int i = 0; i < 60_000; i++) {
            regression.remember("" + i, SIZE, i == 0 ? moment("before", "question") : moment("", "question"));
        }
        int dimension = vectors.dimension();
        assertThat(stored(regression).length() < 50_000L * (dimension + 60))
                .as("an example has a byte for each number")
                .isTrue();
    }

    private List<UUID> someReplies(int count) {
        List<UUID> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(new UUID(5, i));
            put(replies.get(i), "Topic " + i, "What we say of thing" + i + " and matter" + i);
        }
        index.refresh();
        return replies;
    }

    private void answerSome(List<UUID> replies, int decisions) {
        for (int n = 0; n < decisions; n++) {
            int topic = n % replies.size();
            remember("q" + n, replies.get(topic), "", question(n, topic));
            index.refresh();
        }
    }

    /** In words that the replies do not have. */
    private static String question(int number, int topic) {
        SplittableRandom random = new SplittableRandom(number);
        return "please ask" + topic + " want" + topic + " filler" + random.nextInt(50) + " filler" + random.nextInt(50);
    }
}
