package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.junit.jupiter.api.Test;

class QuestionVotesTest {
    private static final int DIMENSION = 48;
    private final SplittableRandom random = new SplittableRandom(4);

    /** Around some centres, as questions are. */
    private float[] vector(int centre, double spread) {
        SplittableRandom place = new SplittableRandom(centre);
        float[] vector = new float[DIMENSION];
        double length = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (place.nextGaussian(0, 1) + random.nextGaussian(0, spread));
            length += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    /** A moment with no turn before it: its first half is the question, of length 1. */
    private static float[] alone(float[] vector) {
        float[] question = Arrays.copyOf(Arrays.copyOf(vector, DIMENSION / 2), DIMENSION);
        float length = (float) Math.sqrt(dot(question, question));
        for (int i = 0; i < DIMENSION; i++) {
            question[i] /= length;
        }
        return question;
    }

    private static void add(LiveIndex index, int number, float[] vector) {
        Document document = new Document();
        document.add(new StringField("id", "" + number, Field.Store.NO));
        LiveIndex.addReply(document, new UUID(0, number));
        document.add(new NumericDocValuesField("number", number));
        document.add(QuestionVotes.field(vector));
        index.add(document);
    }

    private static float dot(float[] one, float[] other) {
        return MeaningVector.dot(one, other);
    }

    private static Set<UUID> nearest(List<float[]> vectors, Set<Integer> gone, float[] asked, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            if (!gone.contains(i)) {
                numbers.add(i);
            }
        }
        numbers.sort(Comparator.comparingDouble(i -> -dot(vectors.get(i), asked)));
        Set<UUID> nearest = new HashSet<>();
        numbers.subList(0, count).forEach(i -> nearest.add(new UUID(0, i)));
        return nearest;
    }

    @Test
    void the_graph_finds_what_an_exact_search_finds() {
        int size = 3 * QuestionVotes.EXACT_UP_TO / 2;
        List<float[]> vectors = new ArrayList<>();
        Set<Integer> gone = new HashSet<>();
        try (LiveIndex index = new LiveIndex(new ReplyAnalyzer())) {
            for (int i = 0; i < size; i++) {
                vectors.add(vector(i % 80, 0.5));
                add(index, i, vectors.get(i));
            }
            for (int i = 0; i < size; i += 10) {
                gone.add(i);
                index.delete(new Term("id", "" + i));
            }
            index.refresh();
            int found = 0;
            for (int n = 0; n < 50; n++) {
                float[] asked = vector(n, 0.4);
                Map<UUID, Double> votes = index.search(searcher -> QuestionVotes.of(searcher, asked))
                        .ofReplies();
                assertThat(votes.keySet().stream()
                                .noneMatch(reply -> gone.contains((int) reply.getLeastSignificantBits())))
                        .isTrue();
                Set<UUID> exact = nearest(vectors, gone, asked, 32);
                exact.retainAll(votes.keySet());
                found += exact.size();
            }
            assertThat(found >= 0.98 * 50 * 32)
                    .as("%s", found + " of " + 50 * 32)
                    .isTrue();
        }
    }

    @Test
    void of_a_reply_the_question_is_known_that_is_much_like_this_one_and_none_that_is_not() {
        try (LiveIndex index = new LiveIndex(new ReplyAnalyzer())) {
            for (int i = 0; i < 20; i++) {
                add(index, i, alone(vector(i, 0.01)));
            }
            index.refresh();
            Map<UUID, Long> before = new HashMap<>();

            index.search(searcher -> QuestionVotes.of(searcher, alone(vector(7, 0.01)), before));

            assertThat(before).containsEntry(new UUID(0, 7), 7L).hasSizeLessThan(20);
        }
    }

    @Test
    void a_vote_is_that_of_the_product_of_the_vectors_in_graph_and_exact_search() {
        for (int size : new int[] {20, QuestionVotes.EXACT_UP_TO + 100}) {
            try (LiveIndex index = new LiveIndex(new ReplyAnalyzer())) {
                List<float[]> vectors = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    vectors.add(vector(i, 0.1));
                    add(index, i, vectors.get(i));
                }
                index.refresh();
                float[] asked = vector(7, 0.2);
                double vote = index.search(searcher -> QuestionVotes.of(searcher, asked))
                        .ofReplies()
                        .get(new UUID(0, 7));
                double expected = QuestionVotes.ofQuestion(dot(vectors.get(7), asked));
                double apart = Math.log(vote / expected) / Math.log(QuestionVotes.vote(0));
                assertThat(apart).as("%s", "of " + size).isCloseTo(0, within(0.02));
            }
        }
    }

    @Test
    void a_packed_vector_is_nearly_the_same() {
        for (int n = 0; n < 100; n++) {
            float[] one = vector(n, 1);
            float[] other = vector(n + 1, 1);
            float packed =
                    dot(PackedVector.unpack(PackedVector.pack(one)), PackedVector.unpack(PackedVector.pack(other)));
            assertThat(packed).isCloseTo(dot(one, other), within(5e-3f));
        }
        assertThat(PackedVector.unpack(PackedVector.pack(new float[3]))[2]).isEqualTo(0);
    }
}
