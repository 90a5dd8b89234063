package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.training.RankingMetrics.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {

    /** Two true positives, one false positive, one false negative, two true negatives. */
    private static final List<Scored> DECISIONS = List.of(
            new Scored(0.9, 1, null),
            new Scored(0.8, 0, null),
            new Scored(0.6, 1, null),
            new Scored(0.4, 1, null),
            new Scored(0.3, 0, null),
            new Scored(0.1, 0, null));

    @Test
    void decisions_are_counted_at_one_half() {
        assertThat(RankingMetrics.accuracy(DECISIONS)).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(RankingMetrics.precision(DECISIONS)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(RankingMetrics.recall(DECISIONS)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(RankingMetrics.f1(DECISIONS)).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void auc_is_the_share_of_pairs_in_the_right_order() {
        // 0.9 beats three negatives, 0.6 and 0.4 beat two each: 7 of 9.
        assertThat(RankingMetrics.auc(DECISIONS)).isCloseTo(7.0 / 9, within(1e-12));
    }

    @Test
    void a_tie_is_half_in_the_auc() {
        assertThat(RankingMetrics.auc(List.of(new Scored(0.5, 1, null), new Scored(0.5, 0, null))))
                .isCloseTo(0.5, within(1e-12));
        assertThat(Double.isNaN(RankingMetrics.auc(List.of(new Scored(0.5, 1, null)))))
                .isTrue();
    }

    @Test
    void calibration_error_compares_each_bins_probability_with_what_happened() {
        // Bin of 0.8: four pairs, three fit. Bin of 0.1: two pairs, one fits.
        List<Scored> pairs = List.of(
                new Scored(0.8, 1, null),
                new Scored(0.8, 1, null),
                new Scored(0.8, 1, null),
                new Scored(0.8, 0, null),
                new Scored(0.1, 1, null),
                new Scored(0.1, 0, null));
        assertThat(RankingMetrics.expectedCalibrationError(pairs)).isCloseTo((4 * 0.05 + 2 * 0.4) / 6, within(1e-12));
    }

    @Test
    void calibration_error_takes_the_probability_one() {
        assertThat(RankingMetrics.expectedCalibrationError(List.of(new Scored(1, 1, null))))
                .isCloseTo(0, within(1e-12));
    }

    /** Ranks 1, 2 and 4. */
    private static final List<Scored> IMPRESSIONS = List.of(
            new Scored(0.9, 1, "a"),
            new Scored(0.2, 0, "a"),
            new Scored(0.7, 0, "b"),
            new Scored(0.6, 1, "b"),
            new Scored(0.1, 0, "b"),
            new Scored(0.9, 0, "c"),
            new Scored(0.8, 0, "c"),
            new Scored(0.7, 0, "c"),
            new Scored(0.6, 1, "c"));

    @Test
    void ranks_are_taken_within_an_impression() {
        List<List<Scored>> impressions = RankingMetrics.impressions(IMPRESSIONS);
        assertThat(impressions.size()).isEqualTo(3);
        assertThat(RankingMetrics.meanReciprocalRank(impressions)).isCloseTo((1 + 0.5 + 0.25) / 3, within(1e-12));
        assertThat(RankingMetrics.recallAt(1, impressions)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(RankingMetrics.recallAt(3, impressions)).isCloseTo(2.0 / 3, within(1e-12));
        double log3 = Math.log(3) / Math.log(2);
        double log5 = Math.log(5) / Math.log(2);
        assertThat(RankingMetrics.ndcgAt(10, impressions)).isCloseTo((1 + 1 / log3 + 1 / log5) / 3, within(1e-12));
    }

    @Test
    void graded_labels_are_gains() {
        List<List<Scored>> impressions = RankingMetrics.impressions(
                List.of(new Scored(0.9, 0.5, "a"), new Scored(0.5, 1, "a"), new Scored(0.1, 0, "a")));
        double log3 = Math.log(3) / Math.log(2);
        assertThat(RankingMetrics.ndcgAt(10, impressions))
                .isCloseTo((0.5 + 1 / log3) / (1 + 0.5 / log3), within(1e-12));
    }

    @Test
    void a_constant_score_earns_nothing() {
        List<List<Scored>> impressions = RankingMetrics.impressions(
                List.of(new Scored(0.5, 1, "a"), new Scored(0.5, 0, "a"), new Scored(0.5, 0, "a")));
        assertThat(RankingMetrics.recallAt(1, impressions)).isCloseTo(0, within(1e-12));
        assertThat(RankingMetrics.meanReciprocalRank(impressions)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(RankingMetrics.ndcgAt(10, impressions)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void impressions_that_cannot_be_ranked_wrong_are_left_out() {
        assertThat(RankingMetrics.impressions(
                        List.of(new Scored(0.9, 1, "only one"), new Scored(0.9, 0, "nothing fits"))))
                .isEqualTo(List.of());
    }

    @Test
    void the_summary_has_ranking_metrics_only_where_pairs_have_groups() {
        assertThat(RankingMetrics.of(DECISIONS).containsKey("mrr")).isFalse();
        assertThat(RankingMetrics.of(IMPRESSIONS).get("recall@1")).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void a_score_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> new Scored(Double.NaN, 1, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
