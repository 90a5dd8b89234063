package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void decisionsAreCountedAtOneHalf() {
        assertEquals(4.0 / 6, RankingMetrics.accuracy(DECISIONS), 1e-12);
        assertEquals(2.0 / 3, RankingMetrics.precision(DECISIONS), 1e-12);
        assertEquals(2.0 / 3, RankingMetrics.recall(DECISIONS), 1e-12);
        assertEquals(2.0 / 3, RankingMetrics.f1(DECISIONS), 1e-12);
    }

    @Test
    void aucIsTheShareOfPairsInTheRightOrder() {
        // 0.9 beats three negatives, 0.6 and 0.4 beat two each: 7 of 9.
        assertEquals(7.0 / 9, RankingMetrics.auc(DECISIONS), 1e-12);
    }

    @Test
    void aTieIsHalfInTheAuc() {
        assertEquals(0.5, RankingMetrics.auc(List.of(new Scored(0.5, 1, null), new Scored(0.5, 0, null))), 1e-12);
        assertTrue(Double.isNaN(RankingMetrics.auc(List.of(new Scored(0.5, 1, null)))));
    }

    @Test
    void calibrationErrorComparesEachBinsProbabilityWithWhatHappened() {
        // Bin of 0.8: four pairs, three fit. Bin of 0.1: two pairs, one fits.
        List<Scored> pairs = List.of(
                new Scored(0.8, 1, null),
                new Scored(0.8, 1, null),
                new Scored(0.8, 1, null),
                new Scored(0.8, 0, null),
                new Scored(0.1, 1, null),
                new Scored(0.1, 0, null));
        assertEquals((4 * 0.05 + 2 * 0.4) / 6, RankingMetrics.expectedCalibrationError(pairs), 1e-12);
    }

    @Test
    void calibrationErrorTakesTheProbabilityOne() {
        assertEquals(0, RankingMetrics.expectedCalibrationError(List.of(new Scored(1, 1, null))), 1e-12);
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
    void ranksAreTakenWithinAnImpression() {
        List<List<Scored>> impressions = RankingMetrics.impressions(IMPRESSIONS);
        assertEquals(3, impressions.size());
        assertEquals((1 + 0.5 + 0.25) / 3, RankingMetrics.meanReciprocalRank(impressions), 1e-12);
        assertEquals(1.0 / 3, RankingMetrics.recallAt(1, impressions), 1e-12);
        assertEquals(2.0 / 3, RankingMetrics.recallAt(3, impressions), 1e-12);
        double log3 = Math.log(3) / Math.log(2);
        double log5 = Math.log(5) / Math.log(2);
        assertEquals((1 + 1 / log3 + 1 / log5) / 3, RankingMetrics.ndcgAt(10, impressions), 1e-12);
    }

    @Test
    void gradedLabelsAreGains() {
        List<List<Scored>> impressions = RankingMetrics.impressions(
                List.of(new Scored(0.9, 0.5, "a"), new Scored(0.5, 1, "a"), new Scored(0.1, 0, "a")));
        double log3 = Math.log(3) / Math.log(2);
        assertEquals((0.5 + 1 / log3) / (1 + 0.5 / log3), RankingMetrics.ndcgAt(10, impressions), 1e-12);
    }

    @Test
    void aConstantScoreEarnsNothing() {
        List<List<Scored>> impressions = RankingMetrics.impressions(
                List.of(new Scored(0.5, 1, "a"), new Scored(0.5, 0, "a"), new Scored(0.5, 0, "a")));
        assertEquals(0, RankingMetrics.recallAt(1, impressions), 1e-12);
        assertEquals(1.0 / 3, RankingMetrics.meanReciprocalRank(impressions), 1e-12);
        assertEquals(0.5, RankingMetrics.ndcgAt(10, impressions), 1e-12);
    }

    @Test
    void impressionsThatCannotBeRankedWrongAreLeftOut() {
        assertEquals(
                List.of(),
                RankingMetrics.impressions(
                        List.of(new Scored(0.9, 1, "only one"), new Scored(0.9, 0, "nothing fits"))));
    }

    @Test
    void theSummaryHasRankingMetricsOnlyWherePairsHaveGroups() {
        assertFalse(RankingMetrics.of(DECISIONS).containsKey("mrr"));
        assertEquals(1.0 / 3, RankingMetrics.of(IMPRESSIONS).get("recall@1"), 1e-12);
    }

    @Test
    void aScoreThatIsNoNumberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Scored(Double.NaN, 1, null));
    }
}
