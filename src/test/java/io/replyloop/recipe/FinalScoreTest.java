package io.replyloop.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.Calibration;
import io.replyloop.recipe.FinalScore.Candidate;
import io.replyloop.recipe.FinalScore.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalScoreTest {

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
        FinalScore score = FinalScore.fit(chosen(5_000));
        Weights weights = score.weights();
        double logit = weights.crossEncoder() / score.temperature();
        assertEquals(2, weights.memory() / logit, 0.15);
        assertEquals(1 / 1.5, weights.firstStage() / logit, 0.1);
    }

    @Test
    void theProbabilityIsThatOfBeingChosen() {
        List<List<Candidate>> impressions = chosen(5_000);
        FinalScore score = FinalScore.fit(impressions);
        double expected = 0;
        double sure = 0;
        double right = 0;
        for (List<Candidate> impression : impressions) {
            for (Candidate candidate : impression) {
                double p = score.probability(candidate);
                expected += p;
                if (p > 0.5) {
                    sure += p;
                    right += candidate.fits() ? 1 : 0;
                }
            }
        }
        assertEquals(5_000, expected, 20);
        assertEquals(1, right / sure, 0.05);
    }

    @Test
    void theThresholdSilencesOneInTwentyOfWhatWouldHaveHelped() {
        List<List<Candidate>> impressions = chosen(2_000);
        FinalScore score = FinalScore.fit(impressions);
        double shown = 0;
        double silenced = 0;
        for (List<Candidate> impression : impressions) {
            List<Candidate> first = impression.stream()
                    .sorted((left, right) -> Double.compare(score.probability(right), score.probability(left)))
                    .limit(3)
                    .filter(Candidate::fits)
                    .toList();
            shown += first.size();
            silenced += first.stream()
                    .filter(candidate -> score.probability(candidate) < score.threshold())
                    .count();
        }
        assertEquals(0.05, silenced / shown, 0.005);
    }

    @Test
    void aStageThatSaysNothingGetsNoWeight() {
        List<List<Candidate>> impressions = chosen(1_000).stream()
                .map(impression -> impression.stream()
                        .map(candidate -> new Candidate(candidate.logit(), 0, candidate.memory(), candidate.fits()))
                        .toList())
                .toList();
        assertEquals(0, FinalScore.fit(impressions).weights().firstStage(), 1e-9);
    }

    @Test
    void theFileIsReadAsItWasWritten(@TempDir Path directory) throws IOException {
        FinalScore score = new FinalScore(1.5, 0.07, new Weights(-3, 1.25, 0.5, 2));
        score.write(directory);
        assertEquals(score, FinalScore.read(directory));
        assertEquals(Calibration.sigmoid(-3 + 1.25 * 3 / 1.5 + 0.5 * 0.4 + 2 * 0.1), score.probability(3, 0.4, 0.1));
    }

    @Test
    void aFileWithoutAWeightIsRefusedByName(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve(FinalScore.FILE), "{\"temperature\": 1, \"threshold\": 0, \"weights\": {}}");
        IOException refusal = assertThrows(IOException.class, () -> FinalScore.read(directory));
        assertTrue(refusal.getMessage().contains("bias"));
    }
}
