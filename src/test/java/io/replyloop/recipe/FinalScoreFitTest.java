package io.replyloop.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.FinalScore.Weights;
import io.replyloop.recipe.FinalScoreFit.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FinalScoreFitTest {

    /** The agent chooses among six replies by 1.5 of the logit, 1 of the words and 3 of the memory. */
    private static List<List<Candidate>> chosen(int count) {
        SplittableRandom random = new SplittableRandom(3);
        List<List<Candidate>> impressions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[][] rows = new double[6][];
            double[] odds = new double[6];
            double sum = 0;
            for (int i = 0; i < 6; i++) {
                rows[i] = new double[] {random.nextDouble(-2, 2), random.nextDouble(), random.nextDouble()};
                odds[i] = Math.exp(1.5 * rows[i][0] + rows[i][1] + 3 * rows[i][2]);
                sum += odds[i];
            }
            double drawn = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < 5 && drawn >= odds[chosen]) {
                drawn -= odds[chosen++];
            }
            List<Candidate> impression = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                impression.add(new Candidate(rows[i][0], rows[i][1], rows[i][2], i == chosen));
            }
            impressions.add(impression);
        }
        return impressions;
    }

    @Test
    void theWeightsThatMadeTheChoicesAreFoundAgain() {
        FinalScore score = FinalScoreFit.fit(chosen(5_000));
        Weights weights = score.weights();
        double logit = weights.crossEncoder() / score.temperature();
        assertEquals(2, weights.memory() / logit, 0.15);
        assertEquals(1 / 1.5, weights.firstStage() / logit, 0.1);
    }

    @Test
    void theProbabilityIsThatOfBeingChosen() {
        List<List<Candidate>> impressions = chosen(5_000);
        FinalScore score = FinalScoreFit.fit(impressions);
        double expected = 0;
        double sure = 0;
        double right = 0;
        for (List<Candidate> impression : impressions) {
            double[] probabilities = FinalScoreFit.probabilities(score, impression);
            for (int i = 0; i < probabilities.length; i++) {
                double p = probabilities[i];
                expected += p;
                if (p > 0.5) {
                    sure += p;
                    right += impression.get(i).fits() ? 1 : 0;
                }
            }
        }
        assertEquals(5_000, expected, 20);
        assertEquals(1, right / sure, 0.05);
    }

    @Test
    void theThresholdSilencesThreeInAHundredOfWhatWouldHaveHelped() {
        List<List<Candidate>> impressions = chosen(2_000);
        FinalScore score = FinalScoreFit.fit(impressions);
        double shown = 0;
        double silenced = 0;
        for (List<Candidate> impression : impressions) {
            double[] probabilities = FinalScoreFit.probabilities(score, impression);
            for (int i = 0; i < probabilities.length; i++) {
                double own = probabilities[i];
                long before = Arrays.stream(probabilities).filter(p -> p > own).count();
                if (impression.get(i).fits() && before < 3) {
                    shown++;
                    silenced += own < score.threshold() ? 1 : 0;
                }
            }
        }
        assertEquals(0.03, silenced / shown, 0.005);
    }

    @Test
    void aStageThatSaysNothingGetsNoWeight() {
        List<List<Candidate>> impressions = chosen(1_000).stream()
                .map(impression -> impression.stream()
                        .map(candidate -> new Candidate(candidate.logit(), 0, candidate.memory(), candidate.fits()))
                        .toList())
                .toList();
        assertEquals(0, FinalScoreFit.fit(impressions).weights().firstStage(), 1e-9);
    }

    @Test
    void theLessMemoryKnowsTheMoreTheCrossEncoderCounts() {
        SplittableRandom random = new SplittableRandom(5);
        List<List<Candidate>> impressions = new ArrayList<>();
        for (int n = 0; n < 4_000; n++) {
            // With a memory that knows, the agent follows it; without one, the cross-encoder.
            boolean known = n % 2 == 0;
            int chosen = random.nextInt(3);
            List<Candidate> impression = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                double right = random.nextDouble(-1, 1) + (i == chosen ? 1 : 0);
                double wrong = random.nextDouble(-1, 1);
                double memory = known ? (random.nextDouble() < 0.9 == (i == chosen) ? 0.9 : 0.1) : 0;
                impression.add(new Candidate(known ? wrong : right, 0, memory, i == chosen));
            }
            impressions.add(impression);
        }
        Weights weights = FinalScoreFit.fit(impressions).weights();
        assertTrue(weights.unknownCrossEncoder() > 1, weights.toString());
        assertTrue(Math.abs(weights.crossEncoder()) < 0.5 * weights.unknownCrossEncoder(), weights.toString());
    }
}
