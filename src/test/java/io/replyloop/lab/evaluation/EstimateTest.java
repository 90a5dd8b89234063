package io.replyloop.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private record Try(String group, double value) {}

    private static Estimate of(List<Try> tries) {
        return Estimate.mean(tries, Try::group, Try::value);
    }

    @Test
    void a_share_has_the_exact_interval() {
        // From R: binom.test(7, 10), binom.test(0, 25), binom.test(280, 300)
        assertThat(Estimate.share(7, 10).low()).isCloseTo(0.3475, within(1e-4));
        assertThat(Estimate.share(7, 10).high()).isCloseTo(0.9333, within(1e-4));
        assertThat(Estimate.share(0, 25).low()).isEqualTo(0);
        assertThat(Estimate.share(0, 25).high()).isCloseTo(0.1372, within(1e-4));
        assertThat(Estimate.share(25, 25).high()).isEqualTo(1);
        assertThat(Estimate.share(280, 300).low()).isCloseTo(0.8990, within(1e-4));
        assertThat(Estimate.share(280, 300).high()).isCloseTo(0.9588, within(1e-4));
    }

    @Test
    void without_trials_there_is_no_estimate() {
        assertThat(Estimate.share(0, 0).value()).isNull();
        assertThat(of(List.of()).value()).isNull();
    }

    @Test
    void a_resampled_interval_is_about_as_wide_as_the_normal_approximation() {
        List<Try> tries = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            tries.add(new Try("question " + i, i % 4 == 0 ? 1 : 0));
        }
        Estimate estimate = of(tries);
        double half = 1.96 * Math.sqrt(0.25 * 0.75 / 400);
        assertThat(estimate.value()).isCloseTo(0.25, within(1e-9));
        assertThat(estimate.low()).isCloseTo(0.25 - half, within(0.006));
        assertThat(estimate.high()).isCloseTo(0.25 + half, within(0.006));
    }

    @Test
    void repeated_questions_do_not_narrow_the_interval() {
        List<Try> once = new ArrayList<>();
        List<Try> thrice = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Try one = new Try("question " + i, i % 2);
            once.add(one);
            thrice.addAll(List.of(one, one, one));
        }
        double single = of(once).high() - of(once).low();
        double repeated = of(thrice).high() - of(thrice).low();
        assertThat(repeated).isCloseTo(single, within(1e-9));
    }

    @Test
    void a_share_of_one_has_an_interval_below_one() {
        List<Try> tries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            tries.add(new Try("question " + i % 15, 1));
        }
        Estimate estimate = of(tries);
        assertThat(estimate.value()).isEqualTo(1);
        assertThat(estimate.count()).isEqualTo(30);
        // Fifteen of fifteen questions, however often each was asked.
        assertThat(estimate.low() < 0.79).as("%s", estimate).isTrue();
    }
}
