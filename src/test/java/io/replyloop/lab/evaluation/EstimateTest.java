package io.replyloop.lab.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertEquals(0.3475, Estimate.share(7, 10).low(), 1e-4);
        assertEquals(0.9333, Estimate.share(7, 10).high(), 1e-4);
        assertEquals(0, Estimate.share(0, 25).low());
        assertEquals(0.1372, Estimate.share(0, 25).high(), 1e-4);
        assertEquals(1, Estimate.share(25, 25).high());
        assertEquals(0.8990, Estimate.share(280, 300).low(), 1e-4);
        assertEquals(0.9588, Estimate.share(280, 300).high(), 1e-4);
    }

    @Test
    void nothing_tried_is_no_figure() {
        assertNull(Estimate.share(0, 0).value());
        assertNull(of(List.of()).value());
    }

    @Test
    void a_resampled_interval_is_as_wide_as_the_normal_one_where_that_holds() {
        List<Try> tries = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            tries.add(new Try("question " + i, i % 4 == 0 ? 1 : 0));
        }
        Estimate estimate = of(tries);
        double half = 1.96 * Math.sqrt(0.25 * 0.75 / 400);
        assertEquals(0.25, estimate.value(), 1e-9);
        assertEquals(0.25 - half, estimate.low(), 0.006);
        assertEquals(0.25 + half, estimate.high(), 0.006);
    }

    @Test
    void asking_the_same_question_again_makes_nothing_more_certain() {
        List<Try> once = new ArrayList<>();
        List<Try> thrice = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Try one = new Try("question " + i, i % 2);
            once.add(one);
            thrice.addAll(List.of(one, one, one));
        }
        double single = of(once).high() - of(once).low();
        double repeated = of(thrice).high() - of(thrice).low();
        assertEquals(single, repeated, 1e-9);
    }

    @Test
    void all_right_is_not_taken_for_certain() {
        List<Try> tries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            tries.add(new Try("question " + i % 15, 1));
        }
        Estimate estimate = of(tries);
        assertEquals(1, estimate.value());
        assertEquals(30, estimate.count());
        // Fifteen of fifteen questions, however often each was asked.
        assertTrue(estimate.low() < 0.79, "" + estimate);
    }
}
