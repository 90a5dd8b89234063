package io.replyloop.lab.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.lab.recipe.FinalScoreFit.Candidate;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.StageWeights;
import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FinalScoreFitTest {

    /** The agent chooses among six replies by 1.5 of the logit, 1 of the words and 3 of the memory. */
    private static List<List<Candidate>> chosen(int count) {
        return chosen(count, 1);
    }

    /** @param sharpness how much more decided the agent is */
    private static List<List<Candidate>> chosen(int count, double sharpness) {
        SplittableRandom random = new SplittableRandom(3);
        List<List<Candidate>> impressions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[][] rows = new double[6][];
            double[] odds = new double[6];
            double sum = 0;
            for (int i = 0; i < 6; i++) {
                rows[i] = new double[] {random.nextDouble(-2, 2), random.nextDouble(), random.nextDouble()};
                odds[i] = Math.exp(sharpness * (1.5 * rows[i][0] + rows[i][1] + 3 * rows[i][2]));
                sum += odds[i];
            }
            double drawn = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < 5 && drawn >= odds[chosen]) {
                drawn -= odds[chosen++];
            }
            double known = Arrays.stream(rows).mapToDouble(row -> row[2]).max().orElseThrow();
            List<Candidate> impression = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                impression.add(new Candidate(rows[i][0], new Evidence(rows[i][1], 0, rows[i][2], known), i == chosen));
            }
            impressions.add(impression);
        }
        return impressions;
    }

    @Test
    void theWeightsThatMadeTheChoicesAreFoundAgain() {
        FinalScore score = FinalScoreFit.fit(chosen(5_000));
        StageWeights weights = score.weights();
        // Memory knows three quarters of a moment, on average.
        double logit = (weights.crossEncoder() + 0.15 * weights.unknownCrossEncoder()) / score.temperature();
        assertEquals(2, weights.memory() / logit, 0.15);
        assertEquals(1 / 1.5, (weights.firstStage() + 0.25 * weights.unknownFirstStage()) / logit, 0.2);
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

    /** Moments of which nobody has written a reply: what little speaks for any reply is an accident. */
    private static List<List<Candidate>> foreign(int count) {
        SplittableRandom random = new SplittableRandom(8);
        List<List<Candidate>> impressions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            List<Candidate> impression = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                impression.add(
                        new Candidate(random.nextDouble(-2, 0), new Evidence(random.nextDouble() / 2, 0, 0), false));
            }
            impressions.add(impression);
        }
        return impressions;
    }

    private static double highest(FinalScore score, List<Candidate> impression) {
        return Arrays.stream(FinalScoreFit.probabilities(score, impression))
                .max()
                .orElseThrow();
    }

    @Test
    void whatNobodyHasWrittenIsMetWithSilence() {
        List<List<Candidate>> impressions = new ArrayList<>(chosen(2_000));
        impressions.addAll(foreign(500));
        FinalScore score = FinalScoreFit.fit(impressions);
        double silent = foreign(500).stream()
                .filter(impression -> highest(score, impression) < score.threshold())
                .count();
        assertTrue(silent > 400, silent + " of 500");
    }

    @Test
    void whatCountsAgainstAReplyByAccidentGetsNoWeight() {
        List<List<Candidate>> impressions = chosen(1_000).stream()
                .map(impression -> impression.stream()
                        .map(candidate -> new Candidate(
                                candidate.logit(),
                                new Evidence(
                                        1 - candidate.evidence().firstStage(),
                                        0,
                                        candidate.evidence().memory(),
                                        candidate.evidence().known()),
                                candidate.fits()))
                        .toList())
                .toList();
        FinalScore score = FinalScoreFit.fit(impressions);
        assertEquals(0, score.weights().firstStage());
        assertEquals(0, score.weights().unknownFirstStage());
        assertEquals(0, score.unjudged().firstStage());
        assertEquals(
                2,
                score.weights().memory() * score.temperature() / score.weights().crossEncoder(),
                0.4);
    }

    @Test
    void theWordsOnASuggestionMeanHowOftenItIsRight() {
        List<List<Candidate>> impressions = chosen(5_000, 3);
        FinalScore score = FinalScoreFit.fit(impressions);
        double sure = score.confidence().sure();
        double likely = score.confidence().likely();
        assertTrue(likely < sure, score.toString());
        assertTrue(precision(score, impressions, sure, 2) > 0.9);
        assertTrue(precision(score, impressions, likely, sure) > 0.7);
    }

    private static double precision(FinalScore score, List<List<Candidate>> impressions, double from, double to) {
        double called = 0;
        double right = 0;
        for (List<Candidate> impression : impressions) {
            double[] probabilities = FinalScoreFit.probabilities(score, impression);
            for (int i = 0; i < probabilities.length; i++) {
                if (probabilities[i] >= from && probabilities[i] < to) {
                    called++;
                    right += impression.get(i).fits() ? 1 : 0;
                }
            }
        }
        return right / called;
    }

    @Test
    void aStageThatSaysNothingGetsNoWeight() {
        List<List<Candidate>> impressions = chosen(1_000).stream()
                .map(impression -> impression.stream()
                        .map(candidate -> new Candidate(
                                candidate.logit(),
                                new Evidence(
                                        0,
                                        0,
                                        candidate.evidence().memory(),
                                        candidate.evidence().known()),
                                candidate.fits()))
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
                impression.add(
                        new Candidate(known ? wrong : right, new Evidence(0, 0, memory, known ? 0.9 : 0), i == chosen));
            }
            impressions.add(impression);
        }
        StageWeights weights = FinalScoreFit.fit(impressions).weights();
        assertTrue(weights.unknownCrossEncoder() > 1, weights.toString());
        assertTrue(Math.abs(weights.crossEncoder()) < 0.5 * weights.unknownCrossEncoder(), weights.toString());
    }

    /** The same moments, of which the encoder understands the half in another language: those are right less often. */
    private static List<List<Candidate>> inTwoLanguages(int count) {
        SplittableRandom random = new SplittableRandom(9);
        List<List<Candidate>> impressions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            boolean unfamiliar = n % 2 == 1;
            double[] near = random.doubles(6).toArray();
            double sum = Arrays.stream(near).map(x -> Math.exp(8 * x)).sum();
            boolean understood = !unfamiliar || random.nextBoolean();
            double drawn = random.nextDouble() * sum;
            int chosen = understood ? 0 : random.nextInt(6);
            while (understood && chosen < 5 && drawn >= Math.exp(8 * near[chosen])) {
                drawn -= Math.exp(8 * near[chosen++]);
            }
            List<Candidate> impression = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Evidence evidence = new Evidence(0, near[i], 0, 0, Math.exp(8 * near[i]) / sum, unfamiliar ? 1 : 0);
                impression.add(new Candidate(0, evidence, i == chosen));
            }
            impressions.add(impression);
        }
        return impressions;
    }

    @Test
    void whatIsPromisedIsKeptInALanguageOfWhichTheEncoderHasReadLess() {
        List<List<Candidate>> impressions = inTwoLanguages(4_000);
        FinalScore score = FinalScoreFit.fit(impressions);
        for (double unfamiliar : new double[] {0, 1}) {
            double promised = 0;
            double right = 0;
            for (List<Candidate> impression : impressions) {
                double[] probabilities = FinalScoreFit.probabilities(score, impression);
                for (int i = 0; i < probabilities.length; i++) {
                    Evidence evidence = impression.get(i).evidence();
                    if (evidence.unfamiliar() == unfamiliar && evidence.share() > 0.5) {
                        promised += probabilities[i];
                        right += impression.get(i).fits() ? 1 : 0;
                    }
                }
            }
            assertTrue(promised < 1.1 * right, promised + " promised, " + right + " right, " + score);
            assertTrue(promised > 0.6 * right, promised + " promised, " + right + " right, " + score);
        }
    }
}
