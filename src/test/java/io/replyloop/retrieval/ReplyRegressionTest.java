package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;

class ReplyRegressionTest {
    private static final int DIMENSION = 96;
    private static final int REPLIES = 40;

    private final Random random = new Random(5);
    private final ReplyRegression regression = new ReplyRegression();

    private float[] direction() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return VectorUtil.l2normalize(vector);
    }

    private static float[] between(float[] one, float[] other, float share) {
        float[] vector = new float[one.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = share * one[i] + (1 - share) * other[i];
        }
        return VectorUtil.l2normalize(vector);
    }

    private UUID reply(float[] meaning) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        regression.put(id, meaning);
        return id;
    }

    private Map<UUID, ReplyRegression.Opinion> opinions(float[] question) {
        regression.learn(Long.MAX_VALUE / 2);
        return regression.opinions(MeaningVector.of(question, null));
    }

    private static UUID nearest(Map<UUID, ReplyRegression.Opinion> opinions) {
        return opinions.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> entry.getValue().probability()))
                .orElseThrow()
                .getKey();
    }

    @Test
    void a_reply_that_says_a_little_of_everything_does_not_crowd_out_the_one_that_answers() {
        float[] everything = direction();
        float[][] meanings = new float[REPLIES][];
        for (int i = 0; i < REPLIES; i++) {
            meanings[i] = between(direction(), everything, 0.55f);
        }
        reply(everything);
        UUID[] replies = new UUID[REPLIES];
        for (int i = 0; i < REPLIES; i++) {
            replies[i] = reply(meanings[i]);
        }

        int right = 0;
        int nearerToTheGeneric = 0;
        for (int i = 0; i < REPLIES; i++) {
            float[] question = between(meanings[i], everything, 0.47f);
            nearerToTheGeneric +=
                    VectorUtil.dotProduct(question, everything) > VectorUtil.dotProduct(question, meanings[i]) ? 1 : 0;
            right += nearest(opinions(question)).equals(replies[i]) ? 1 : 0;
        }

        assertThat(nearerToTheGeneric).as("by nearness alone").isGreaterThan(REPLIES / 2);
        assertThat(right).isGreaterThan(3 * REPLIES / 4);
    }

    @Test
    void none_is_taken_for_nearer_than_it_is() {
        float[] question = direction();
        float[] common = direction();
        Map<UUID, Float> plain = new HashMap<>();
        for (int i = 0; i < REPLIES; i++) {
            float[] meaning = between(direction(), common, i % 2 == 0 ? 0.4f : 1);
            plain.put(reply(meaning), VectorUtil.dotProduct(question, meaning));
        }

        int less = 0;
        for (Map.Entry<UUID, ReplyRegression.Opinion> opinion :
                opinions(question).entrySet()) {
            double before = plain.get(opinion.getKey());
            assertThat(opinion.getValue().nearness()).isLessThan(before + 1e-5);
            less += opinion.getValue().nearness() < before - 1e-3 ? 1 : 0;
        }
        assertThat(less).as("those that are crowded").isEqualTo(REPLIES / 2);
    }

    @Test
    void a_single_reply_and_one_that_nobody_has_read_are_left_as_they_are() {
        float[] meaning = direction();
        UUID single = reply(meaning);
        assertThat(opinions(meaning).get(single).nearness()).isCloseTo(1, within(1e-5));

        UUID unread = reply(null);
        Map<UUID, ReplyRegression.Opinion> opinions = opinions(meaning);
        assertThat(opinions.get(unread).read()).isFalse();
        assertThat(opinions.get(unread).nearness()).isZero();
        assertThat(opinions.get(single).nearness()).isCloseTo(1, within(1e-5));
    }

    @Test
    void with_thousands_one_more_moves_no_other() {
        for (int i = 0; i < 1_500; i++) {
            reply(direction());
        }
        float[] question = direction();
        Map<UUID, ReplyRegression.Opinion> before = opinions(question);
        float[] added = between(question, direction(), 0.9f);
        UUID fresh = reply(added);
        Map<UUID, ReplyRegression.Opinion> after = opinions(question);

        assertThat(nearest(after)).isEqualTo(fresh);
        before.forEach(
                (id, opinion) -> assertThat(after.get(id).nearness()).isCloseTo(opinion.nearness(), within(1e-3)));
    }
}
