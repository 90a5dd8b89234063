package io.replyloop.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aReplyIsFoundByWhatItMeansWhereItSharesNoWord() {
        Evidence delivery = evidence("shipment", DELIVERY);
        assertEquals(0, delivery.firstStage());
        assertTrue(delivery.meaning() > evidence("shipment", REFUND).meaning() + 0.2, delivery.toString());
        assertEquals(0, delivery.known());
        assertEquals(0, delivery.memory());
    }

    @Test
    void aDecisionCountsFromTheNextSearchOn() {
        assertTrue(evidence("does it itch", SIZE).memory() == 0);
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        ReplyIndex.Found found = search("", "does it itch");
        assertEquals(SIZE, best(found));
        assertTrue(found.known() > 0.9, "known " + found.known());
        assertTrue(evidence("completely different words here", SIZE).known() < 0.5);
    }

    @Test
    void theTurnBeforeTellsShortAnswersApart() {
        for (int i = 0; i < 10; i++) {
            remember("s" + i, SIZE, "is this about sizes", "yes");
            remember("r" + i, REFUND, "is this about your cash", "yes");
        }
        index.refresh();
        assertEquals(SIZE, best(search("is this about sizes", "yes")));
        assertEquals(REFUND, best(search("is this about your money", "yes")));
    }

    @Test
    void aTurnBeforeThatManyShareIsNoSignThatTheLikeWasAnswered() {
        String before = "hello how can we help you today";
        remember("1", SIZE, before, "does it itch");
        index.refresh();
        ReplyIndex.Found other = search(before, "shipment");
        assertEquals(search("", "shipment").known(), other.known(), 1e-3);
        assertTrue(other.known() < 0.1, "known " + other.known());
        assertEquals(DELIVERY, best(other));
        assertTrue(search(before, "does it itch").known() > 0.9);
    }

    @Test
    void theSameMomentHasTheSameVoteWithAndWithoutATurnBefore() {
        for (String before : List.of("", "is this about sizes")) {
            try (LiveIndex questions = new LiveIndex(new ReplyAnalyzer())) {
                Document document = new Document();
                LiveIndex.addReply(document, SIZE);
                document.add(QuestionVotes.field(moment(before, "does it itch")));
                questions.add(document);
                questions.refresh();
                float[] asked = moment(before, "does it itch");
                QuestionVotes.Votes votes = questions.search(searcher -> QuestionVotes.of(searcher, asked));
                assertEquals(1, votes.ofReplies().get(SIZE) / QuestionVotes.ofQuestion(1), 0.1);
                assertEquals(1, votes.ofQuestions() / QuestionVotes.ofQuestion(1), 0.1);
            }
        }
    }

    @Test
    void freshRepliesAreFoundAtOnceByTheirOwnWordsAfterManyDecisions() {
        List<UUID> replies = someReplies(60);
        answerSome(replies, 300);
        for (int i = 0; i < 5; i++) {
            UUID fresh = new UUID(7, i);
            put(fresh, "Fresh " + i, "Zebra" + i + " crossings are painted in colour" + i + " on street" + i);
            index.refresh();
            ReplyIndex.Found found = search("", "zebra" + i + " crossings in colour" + i);
            assertEquals(fresh, best(found), "reply " + i);
            assertEquals(
                    WordSearch.WORDS_BESIDE_MEANING,
                    found.evidence(fresh).firstStage(),
                    1e-9,
                    "its own words count in full");
        }
    }

    @Test
    void whatWasLearnedOutweighsTheTexts() {
        List<UUID> replies = someReplies(20);
        answerSome(replies, 400);
        int right = 0;
        for (int n = 1_000; n < 1_100; n++) {
            UUID answer = replies.get(n % replies.size());
            right += best(search("", question(n, n % replies.size()))).equals(answer) ? 1 : 0;
        }
        assertTrue(right > 90, right + " of 100");
    }

    @Test
    void aGreatManyQuestionsAreLearnedInParts() {
        List<UUID> replies = someReplies(200);
        for (int n = 0; n < 4_000; n++) {
            remember("q" + n, replies.get(n % replies.size()), "", question(n, n % replies.size()));
        }
        int parts = 1;
        while (index.refresh()) {
            parts++;
        }
        assertTrue(parts > 1, "parts " + parts);
        assertFalse(index.refresh());
        assertEquals(replies.get(3), best(search("", question(9_003, 3))));
    }

    @Test
    void aRejectedReplyFallsBehindForQuestionsLikeThatOne() {
        remember("1", SIZE, "", "does the cloth itch");
        index.refresh();
        Evidence before = evidence("does the cloth itch", SIZE);
        Evidence elsewhere = evidence("jeans chart", SIZE);
        for (int times = 0; times < 2; times++) {
            String asked = "does the cloth itch";
            index.reject(new IndexedQuestion("r" + times, SIZE, "", asked, moment("", asked)));
        }
        Evidence after = evidence("does the cloth itch", SIZE);
        assertEquals(before.memory() / 25, after.memory(), 1e-3);
        assertEquals(before.meaning() / 25, after.meaning(), 1e-3);
        assertEquals(elsewhere, evidence("jeans chart", SIZE));
    }

    @Test
    void aRejectionToldTwiceCountsOnce() {
        for (int times = 0; times < 2; times++) {
            index.reject(new IndexedQuestion("r", DELIVERY, "", "shipment", moment("", "shipment")));
        }
        double left = evidence("shipment", DELIVERY).meaning();
        index.remove(DELIVERY);
        put(DELIVERY, "Delivery", "Each package arrives within a week");
        index.refresh();
        assertEquals(evidence("shipment", DELIVERY).meaning() / 5, left, 1e-3);
    }

    @Test
    void aRejectionIsForgottenOnceTheSameIsAnsweredWithThatReply() {
        index.reject(new IndexedQuestion("r", SIZE, "", "Does it  itch", moment("", "does it itch")));
        index.reject(new IndexedQuestion("s", SIZE, "hello", "does it itch", moment("hello", "does it itch")));
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        double once = evidence("does it itch", SIZE).meaning();
        index.reject(new IndexedQuestion("t", SIZE, "", "does it itch", moment("", "does it itch")));
        assertEquals(once / 5, evidence("does it itch", SIZE).meaning(), 1e-3, "what is rejected later counts");
        index.remove(SIZE);
        put(SIZE, "Sizes", "There is a chart for jeans");
        index.reject(new IndexedQuestion("s", SIZE, "hello", "does it itch", moment("hello", "does it itch")));
        index.refresh();
        assertEquals(evidence("does it itch", SIZE).meaning(), once, 1e-3, "the other rejection stays");
    }

    @Test
    void aReplyIsNotPunishedForAnEarlierText() {
        put(DELIVERY, "Delivery", "Each package arrives in time");
        index.reject(new IndexedQuestion("r", DELIVERY, "", "shipment", moment("", "shipment")));
        double rejected = evidence("shipment", DELIVERY).meaning();
        put(DELIVERY, "Deliveries", "Each package arrives in time");
        assertTrue(evidence("shipment", DELIVERY).meaning() < 1.5 * rejected, "the same text is still rejected");
        put(DELIVERY, "Delivery", "Each package arrives within a week");
        index.understand(
                VectorStore.Kind.REJECTED, new IndexedQuestion("r", DELIVERY, "", "shipment", moment("", "shipment")));
        index.refresh();
        assertTrue(evidence("shipment", DELIVERY).meaning() > 1.5 * rejected);
    }

    @Test
    void aReplyThatIsEditedKeepsWhatItHasAnswered() {
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        double before = evidence("does it itch", SIZE).memory();
        put(SIZE, "Sizes", "There is a chart for jeans and shirts");
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        assertEquals(before, evidence("does it itch", SIZE).memory(), 0.02);
    }

    @Test
    void withoutAnEncoderWordsHaveToDo() {
        remember("1", SIZE, "", "does it itch");
        index.refresh();
        Evidence byWords =
                index.search(Question.of("does it itch", "does it itch")).evidence(SIZE);
        assertEquals(0, byWords.meaning());
        assertTrue(byWords.memory() > 0.8, byWords.toString());
    }

    @Test
    void thanksThatWereAnsweredOnceAreKnownWithThatReplyAndNoOther() {
        List<UUID> replies = someReplies(60);
        answerSome(replies, 100);
        remember("t", SIZE, "", "thanks a lot");
        index.refresh();
        double memory = evidence("thanks a lot", SIZE).memory();
        assertTrue(memory > 0.87, "memory " + memory);
        for (UUID other : replies) {
            assertTrue(evidence("thanks a lot", other).memory() < 0.87);
        }
    }

    @Test
    void aQuestionThatIsForgottenIsNotKeptToBeLearnedAgain() throws IOException {
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
        assertTrue(stored.contains("secret0") && stored.contains("secret3"));
        assertFalse(stored.contains("secret1") || stored.contains("secret4"));
        regression.remove(SIZE);
        assertFalse(stored(regression).contains("secret0"));
        regression.put(SIZE, vectors.of("sizes"));
        regression.forget("secret3");
        regression.remember("secret3", REFUND, moment("", "other words"));
        assertTrue(stored(regression).contains("secret3"), "one of the same id may come again");
    }

    private static String stored(ReplyRegression regression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        regression.write(new DataOutputStream(bytes));
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatWaitsToBeLearnedTakesLittleRoom() throws IOException {
        ReplyRegression regression = new ReplyRegression();
        regression.put(SIZE, vectors.of("sizes"));
        for (int i = 0; i < 60_000; i++) {
            regression.remember("" + i, SIZE, i == 0 ? moment("before", "question") : moment("", "question"));
        }
        int dimension = vectors.dimension();
        assertTrue(stored(regression).length() < 50_000L * (dimension + 60), "an example has a byte for each number");
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
