package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /** Simulates an agent who chooses among six replies with weights of 1.5 for the logit, 1 for words and 3 for memory. */
    private static List<List<Candidate>> chosen(int count) {
        return chosen(count, 1);
    }

    /** @param sharpness factor of the agent's weights */
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
    void the_weights_that_generated_the_data_are_recovered() {
        FinalScore score = FinalScoreFit.fit(chosen(5_000));
        StageWeights weights = score.weights();
        // On average, the memory knows three quarters of a question.
        double logit = (weights.crossEncoder() + 0.15 * weights.unknownCrossEncoder()) / score.temperature();
        assertThat(weights.memory() / logit).isCloseTo(2, within(0.15));
        assertThat((weights.firstStage() + 0.25 * weights.unknownFirstStage()) / logit)
                .isCloseTo(1 / 1.5, within(0.2));
    }

    @Test
    void probabilities_are_calibrated() {
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
        assertThat(expected).isCloseTo(5_000.0, within(20.0));
        assertThat(right / sure).isCloseTo(1, within(0.05));
    }

    @Test
    void three_percent_of_the_helpful_suggestions_are_below_the_threshold() {
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
        assertThat(silenced / shown).isCloseTo(0.03, within(0.005));
    }

    /** Impressions without a fitting reply, with weak random evidence. */
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
    void nothing_is_suggested_if_no_reply_fits() {
        List<List<Candidate>> impressions = new ArrayList<>(chosen(2_000));
        impressions.addAll(foreign(500));
        FinalScore score = FinalScoreFit.fit(impressions);
        double silent = foreign(500).stream()
                .filter(impression -> highest(score, impression) < score.threshold())
                .count();
        assertThat(silent > 400).as("%s", silent + " of 500").isTrue();
    }

    @Test
    void evidence_that_counts_against_a_reply_by_chance_gets_no_weight() {
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
        assertThat(score.weights().firstStage()).isEqualTo(0);
        assertThat(score.weights().unknownFirstStage()).isEqualTo(0);
        assertThat(score.unjudged().firstStage()).isEqualTo(0);
        assertThat(score.weights().memory()
                        * score.temperature()
                        / score.weights().crossEncoder())
                .isCloseTo(2, within(0.4));
    }

    @Test
    void the_confidence_levels_have_the_promised_precision() {
        List<List<Candidate>> impressions = chosen(5_000, 3);
        FinalScore score = FinalScoreFit.fit(impressions);
        double sure = score.confidence().sure();
        double likely = score.confidence().likely();
        assertThat(likely < sure).as("%s", score.toString()).isTrue();
        assertThat(precision(score, impressions, sure, 2) > 0.9).isTrue();
        assertThat(precision(score, impressions, likely, sure) > 0.7).isTrue();
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
    void an_uninformative_stage_gets_no_weight() {
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
        assertThat(FinalScoreFit.fit(impressions).weights().firstStage()).isCloseTo(0, within(1e-9));
    }

    @Test
    void the_cross_encoder_has_more_weight_if_the_memory_knows_less() {
        SplittableRandom random = new SplittableRandom(5);
        List<List<Candidate>> impressions = new ArrayList<>();
        for (int n = 0; n < 4_000; n++) {
            // The agent follows the memory if it knows the question, and the cross-encoder otherwise.
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
        assertThat(weights.unknownCrossEncoder() > 1)
                .as("%s", weights.toString())
                .isTrue();
        assertThat(Math.abs(weights.crossEncoder()) < 0.5 * weights.unknownCrossEncoder())
                .as("%s", weights.toString())
                .isTrue();
    }

    /** Half of the impressions are in an unfamiliar language, in which suggestions are right less often. */
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
    void confidence_is_also_calibrated_in_a_language_that_is_unfamiliar_to_the_encoder() {
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
            assertThat(promised < 1.1 * right)
                    .as("%s", promised + " promised, " + right + " right, " + score)
                    .isTrue();
            assertThat(promised > 0.6 * right)
                    .as("%s", promised + " promised, " + right + " right, " + score)
                    .isTrue();
        }
    }
}
