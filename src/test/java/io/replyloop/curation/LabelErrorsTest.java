package io.replyloop.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.curation.LabelErrors.Judged;
import io.replyloop.curation.LabelErrors.Suspect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Questions that lie around the reply that answers them, as an encoder's vectors do, with some labels turned round. */
class LabelErrorsTest {
    private static final int DIMENSION = 48;
    private static final int REPLIES = 30;
    private static final int QUESTIONS = 600;
    private static final int PASSED_OVER = 3;
    private static final double PLANTED = 0.05;

    private final Random random = new Random(7);
    private final float[][] replies = new float[REPLIES][];
    private final float[][] questions = new float[QUESTIONS][];
    private final List<Judged> examples = new ArrayList<>();
    private final Set<Long> planted = new HashSet<>();

    @Test
    void planted_errors_come_first() {
        plant(PLANTED);

        List<Suspect> suspects = LabelErrors.find(examples, questions, replies, share -> {});

        assertThat(found(suspects, 0.05)).isGreaterThan(0.7);
        assertThat(found(suspects, 0.1)).isGreaterThan(0.75);
        assertThat(suspects).isSortedAccordingTo((one, other) -> Double.compare(other.margin(), one.margin()));
    }

    @Test
    void the_same_examples_give_the_same_suspects() {
        plant(PLANTED);

        assertThat(LabelErrors.find(examples, questions, replies, share -> {}))
                .isEqualTo(LabelErrors.find(examples, questions, replies, share -> {}));
    }

    @Test
    void labels_that_nothing_speaks_against_are_left_alone() {
        plant(0);

        assertThat(LabelErrors.find(examples, questions, replies, share -> {}).size())
                .isLessThan(examples.size() / 50);
    }

    @Test
    void examples_with_one_label_alone_are_no_errors() {
        plant(0);
        examples.removeIf(one -> !one.fits());

        assertThat(LabelErrors.find(examples, questions, replies, share -> {})).isEmpty();
    }

    private void plant(double share) {
        for (int i = 0; i < REPLIES; i++) {
            replies[i] = unit(null, 0);
        }
        for (int question = 0; question < QUESTIONS; question++) {
            int right = random.nextInt(REPLIES);
            questions[question] = unit(replies[right], 1.2);
            UUID conversation = new UUID(random.nextLong(), random.nextLong());
            add(conversation, question, right, true, share);
            for (int i = 1; i <= PASSED_OVER; i++) {
                add(conversation, question, (right + i * 7) % REPLIES, false, share);
            }
        }
    }

    private void add(UUID conversation, int question, int reply, boolean fits, double share) {
        long id = examples.size();
        boolean turned = random.nextDouble() < share;
        if (turned) {
            planted.add(id);
        }
        examples.add(new Judged(id, conversation, question, reply, fits != turned));
    }

    private double found(List<Suspect> suspects, double share) {
        long most = Math.round(examples.size() * share);
        long found = suspects.stream()
                .limit(most)
                .filter(suspect -> planted.contains(suspect.id()))
                .count();
        return (double) found / planted.size();
    }

    private float[] unit(float[] around, double noise) {
        float[] vector = new float[DIMENSION];
        double length = 0;
        for (int i = 0; i < DIMENSION; i++) {
            double value = around == null
                    ? random.nextGaussian()
                    : around[i] + noise * random.nextGaussian() / Math.sqrt(DIMENSION);
            vector[i] = (float) value;
            length += value * value;
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }
}
