package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.training.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogitFitTest {
    private static final double[] ZEROS = {0, 0, 0};
    private static final double[] UNBOUND = {
        Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    private final Random random = new Random(3);

    private double[] row() {
        return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    }

    /** One of five, with the probabilities of these weights. */
    private List<LogitFit.Choice> choices(int count, double... weights) {
        List<LogitFit.Choice> choices = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[][] rows = {row(), row(), row(), row(), row()};
            double[] odds = Arrays.stream(rows)
                    .mapToDouble(row -> Math.exp(LogitFit.dot(row, weights)))
                    .toArray();
            double left = random.nextDouble() * Arrays.stream(odds).sum();
            int chosen = 0;
            while (chosen < odds.length - 1 && left > odds[chosen]) {
                left -= odds[chosen++];
            }
            boolean[] fits = new boolean[rows.length];
            fits[chosen] = true;
            choices.add(new LogitFit.Choice(rows, fits));
        }
        return choices;
    }

    @Test
    void finds_the_weights_by_which_was_chosen() {
        double[] found = LogitFit.conditional(choices(4_000, 1, -0.5, 0.25), ZEROS, LogitFit.Prior.weak(UNBOUND));

        assertThat(found).containsExactly(new double[] {1, -0.5, 0.25}, within(0.1));
    }

    @Test
    void a_weight_stays_within_its_bound_and_the_others_are_found_without_it() {
        double[] found = LogitFit.conditional(choices(4_000, 1, -0.5, 0.25), ZEROS, LogitFit.Prior.weak(0, 0, 0));

        assertThat(found[1]).isZero();
        assertThat(found[0]).isBetween(0.8, 1.1);
    }

    @Test
    void with_nothing_seen_it_stays_at_what_was_believed() {
        double[] believed = {0.3, 2, 1};
        LogitFit.Prior prior = new LogitFit.Prior(believed, new double[] {4, 1, 1}, UNBOUND);

        assertThat(LogitFit.conditional(List.of(), ZEROS, prior)).containsExactly(believed, within(1e-6));
        assertThat(LogitFit.binary(List.of(), new boolean[0], ZEROS, prior)).containsExactly(believed, within(1e-6));
    }

    @Test
    void finds_the_log_odds_of_what_is_right() {
        List<double[]> rows = new ArrayList<>();
        boolean[] right = new boolean[4_000];
        for (int i = 0; i < right.length; i++) {
            double[] row = row();
            rows.add(row);
            right[i] = random.nextDouble() < Calibration.sigmoid(LogitFit.dot(row, new double[] {1.5, -1, 0}));
        }

        assertThat(LogitFit.binary(rows, right, ZEROS, LogitFit.Prior.weak(UNBOUND)))
                .containsExactly(new double[] {1.5, -1, 0}, within(0.15));
    }

    @Test
    void a_choice_is_as_likely_as_its_share() {
        double[] logOdds = {Math.log(3), 0, Math.log(4)};
        boolean[] fits = {true, true, false};

        assertThat(Math.exp(LogitFit.logLikelihood(logOdds, fits))).isCloseTo(0.5, within(1e-12));
    }
}
