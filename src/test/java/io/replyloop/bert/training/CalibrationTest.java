package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void one_logit_gives_the_temperature_in_closed_form() {
        // Three of four fit at logit 4: the best probability is 0.75, so 4/T = ln 3.
        double temperature = Calibration.temperature(new double[] {4, 4, 4, 4}, new double[] {1, 1, 1, 0});
        assertThat(temperature).isCloseTo(4 / Math.log(3), within(1e-6));
    }

    @Test
    void an_overconfident_model_is_cooled_by_the_factor_that_it_was_heated_by() {
        SplittableRandom random = new SplittableRandom(7);
        int count = 20_000;
        double[] logits = new double[count];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            double honest = random.nextDouble(-3, 3);
            labels[i] = random.nextDouble() < Calibration.sigmoid(honest) ? 1 : 0;
            logits[i] = 2.5 * honest;
        }
        double temperature = Calibration.temperature(logits, labels);
        assertThat(temperature).isCloseTo(2.5, within(0.1));
        double best = Calibration.negativeLogLikelihood(logits, labels, temperature);
        assertThat(best <= Calibration.negativeLogLikelihood(logits, labels, temperature * 1.01))
                .isTrue();
        assertThat(best <= Calibration.negativeLogLikelihood(logits, labels, temperature / 1.01))
                .isTrue();
    }

    @Test
    void logits_that_separate_perfectly_stop_at_the_coldest_temperature() {
        assertThat(Calibration.temperature(new double[] {1, -1}, new double[] {1, 0}))
                .isCloseTo(Calibration.COLDEST, within(1e-3));
    }

    @Test
    void logits_that_are_always_wrong_stop_at_the_hottest_temperature() {
        assertThat(Calibration.temperature(new double[] {50, -50}, new double[] {0, 1}))
                .isCloseTo(Calibration.HOTTEST, within(1e-3));
    }

    @Test
    void nothing_to_learn_from_leaves_the_logits_alone() {
        assertThat(Calibration.temperature(new double[0], new double[0])).isEqualTo(1);
        assertThat(Calibration.temperature(new double[] {0, 0}, new double[] {1, 0}))
                .isEqualTo(1);
    }

    @Test
    void huge_logits_do_not_overflow() {
        double[] logits = {1e4, -1e4, 1e4};
        double[] labels = {1, 0, 0};
        double loss = Calibration.negativeLogLikelihood(logits, labels, 1);
        assertThat(loss).isCloseTo(1e4 / 3, within(1e-6));
        assertThat(Double.isFinite(Calibration.temperature(logits, labels))).isTrue();
    }

    @Test
    void logits_and_labels_of_different_length_are_refused() {
        double[] logits = new double[3];
        Arrays.fill(logits, 1);
        assertThatThrownBy(() -> Calibration.temperature(logits, new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
