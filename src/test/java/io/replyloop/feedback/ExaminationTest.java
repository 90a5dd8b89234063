package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    @Test
    void nothing_is_corrected_until_enough_is_known() {
        Examination few = Examination.of(Map.of(3, Map.of(1, 60L, 2, 39L, 3, 10L)), 3);

        assertThat(few.at(1)).isEqualTo(1);
        assertThat(few.at(2)).isEqualTo(1);
        assertThat(few.at(3)).isEqualTo(1);
        assertThat(few.missing()).isEqualTo(30);
        assertThat(few.used()).as("whichever place").isEqualTo(109);
        assertThat(few.scarcest().map(Examination.Place::position)).contains(3);
        assertThat(few.places().get(0).isMeasured()).isFalse();
        assertThat(Examination.of(Map.of(), 3).missing()).isEqualTo(Examination.NEEDED);
        assertThat(Examination.EVERYWHERE.at(3)).isEqualTo(1);
    }

    @Test
    void a_place_that_is_used_half_as_often_is_looked_at_half_as_often() {
        Examination measured =
                Examination.of(Map.of(2, Map.of(1, 100L, 2, 50L), 3, Map.of(1, 100L, 2, 50L, 3, 25L)), 3);

        assertThat(measured.at(2)).isCloseTo(0.5, within(1e-9));
        assertThat(measured.at(3)).as("of impressions with three alone").isCloseTo(0.25, within(1e-9));
        assertThat(measured.missing()).isZero();
        assertThat(measured.scarcest()).isEmpty();
        assertThat(measured.used()).isEqualTo(325);
        assertThat(measured.places().get(0).low()).isBetween(0.35, 0.5);
        assertThat(measured.places().get(0).high()).isBetween(0.5, 0.7);
    }

    @Test
    void no_place_counts_for_more_than_the_one_above_and_none_for_next_to_nothing() {
        Examination odd = Examination.of(Map.of(3, Map.of(1, 100L, 2, 150L, 3, 1L)), 3);

        assertThat(odd.at(2)).isEqualTo(1);
        assertThat(odd.at(3)).isEqualTo(0.2);
    }

    @Test
    void a_place_of_which_little_is_known_is_taken_for_the_one_above() {
        Examination two = Examination.of(Map.of(2, Map.of(1, 100L, 2, 50L), 3, Map.of(1, 10L)), 3);

        assertThat(two.at(3)).isEqualTo(two.at(2)).isCloseTo(50 / 110.0, within(1e-9));
        assertThat(two.places().get(1).isMeasured()).isFalse();
        assertThat(two.missing()).isEqualTo(Examination.NEEDED - 10);
    }

    @Test
    void the_interval_holds_the_truth_in_95_of_100_teams() {
        Random random = new Random(11);
        double truth = 0.6;
        int held = 0;
        for (int team = 0; team < 400; team++) {
            Map<Integer, Long> used = new HashMap<>(Map.of(1, 0L, 2, 0L));
            for (int question = 0; question < 400; question++) {
                // The right one of two lies at either place, and is used if it is looked at.
                int place = random.nextBoolean() ? 1 : 2;
                if (place == 1 || random.nextDouble() < truth) {
                    used.merge(place, 1L, Long::sum);
                }
            }
            Examination.Place second =
                    Examination.of(Map.of(2, used), 2).places().get(0);
            held += second.low() <= truth && truth <= second.high() ? 1 : 0;
        }
        assertThat(held / 400.0).isBetween(0.92, 0.98);
    }
}
