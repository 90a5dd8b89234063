package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.ranking.OwnScore.Candidate;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnScoreTest {
    private static final int CANDIDATES = 8;
    private static final FinalScore USUAL = FinalScore.DEFAULTS;

    private final Random random = new Random(7);

    private List<List<Candidate>> decisions(int count, IntFunction<List<Candidate>> each) {
        List<List<Candidate>> decisions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            decisions.add(each.apply(i));
        }
        return decisions;
    }

    /** By words, meaning and share one of the candidates is ahead; which one fits is another matter. */
    private List<Candidate> candidates(int ahead, int fits, boolean networkKnows) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            double near = i == ahead ? 0.8 : 0.55 + 0.1 * random.nextDouble();
            Evidence evidence = new Evidence(i == ahead ? 1 : 0.3, near, 0, 0, i == ahead ? 0.5 : 0.07, 0);
            double logit = networkKnows ? (i == fits ? 2 : -2) : random.nextGaussian();
            candidates.add(new Candidate(logit, evidence, i == fits));
        }
        return candidates;
    }

    private int any() {
        return random.nextInt(CANDIDATES);
    }

    private static double share(FinalScore score, List<List<Candidate>> decisions) {
        return decisions.stream()
                .mapToInt(candidates -> {
                    Candidate first = candidates.get(0);
                    for (Candidate candidate : candidates) {
                        if (probability(score, candidate) > probability(score, first)) {
                            first = candidate;
                        }
                    }
                    return first.fits() ? 1 : 0;
                })
                .average()
                .orElseThrow();
    }

    private static double probability(FinalScore score, Candidate candidate) {
        return score.probability(candidate.logit(), candidate.evidence());
    }

    @Test
    void a_few_decisions_change_nothing() {
        List<List<Candidate>> decisions = decisions(OwnScore.FEWEST - 1, i -> candidates(any(), any(), true));

        assertThat(OwnScore.of(USUAL, decisions)).isSameAs(USUAL);
        assertThat(OwnScore.of(USUAL, List.of())).isSameAs(USUAL);
    }

    @Test
    void a_network_that_knows_the_team_counts_for_more() {
        IntFunction<List<Candidate>> misled = i -> candidates(any(), any(), true);
        FinalScore own = OwnScore.of(USUAL, decisions(60, misled));
        List<List<Candidate>> others = decisions(200, misled);

        assertThat(share(USUAL, others)).isLessThan(0.4);
        assertThat(share(own, others)).isGreaterThan(0.95);
        assertThat(own.weights().crossEncoder() + own.weights().unknownCrossEncoder())
                .isGreaterThan(USUAL.weights().crossEncoder() + USUAL.weights().unknownCrossEncoder());
        assertThat(own.unjudged().crossEncoder()).as("of what was not read").isZero();
    }

    @Test
    void what_may_be_chance_moves_no_weight() {
        FinalScore own = OwnScore.of(USUAL, decisions(200, i -> {
            int right = any();
            return candidates(right, random.nextInt(10) < 8 ? right : any(), false);
        }));

        assertThat(own.weights()).isEqualTo(USUAL.weights());
        assertThat(own.unjudged()).isEqualTo(USUAL.unjudged());
    }

    @Test
    void no_evidence_comes_to_count_against_a_reply() {
        FinalScore own = OwnScore.of(USUAL, decisions(100, i -> {
            int ahead = any();
            return candidates(ahead, (ahead + 1) % CANDIDATES, true);
        }));

        assertThat(Arrays.stream(own.weights().order()).min().orElseThrow()).isNotNegative();
        assertThat(own.weights().share() + own.weights().unknownShare())
                .as("what is all that a new reply has")
                .isPositive();
    }

    @Test
    void words_follow_what_has_come_true() {
        IntFunction<List<Candidate>> right = i -> {
            int ahead = any();
            return candidates(ahead, ahead, false);
        };
        FinalScore reliable = OwnScore.of(USUAL, decisions(150, right));
        FinalScore unreliable = OwnScore.of(USUAL, decisions(150, i -> candidates(any(), any(), false)));
        Candidate best =
                right.apply(0).stream().filter(Candidate::fits).findFirst().orElseThrow();

        assertThat(probability(reliable, best)).isGreaterThan(OwnScore.PROMISED.likely());
        assertThat(probability(unreliable, best))
                .isLessThan(OwnScore.PROMISED.likely())
                .isLessThan(probability(USUAL, best));
        assertThat(reliable.confidence()).isEqualTo(OwnScore.PROMISED);
    }

    @Test
    void the_scale_on_which_it_is_said_neither_shows_nor_silences_anything() {
        FinalScore own = USUAL.saying(new FinalScore.Said(1.6, -0.7), OwnScore.PROMISED)
                .saying(new FinalScore.Said(0.8, 1.1), OwnScore.PROMISED);

        double before = 1;
        for (double nearness = 1; nearness > 0.05; nearness -= 0.01) {
            Evidence evidence = new Evidence(nearness / 2, nearness, 0, 0, nearness / 2, 0);
            double usual = USUAL.probability(null, evidence);
            double said = own.probability(null, evidence);
            assertThat(said >= own.threshold()).isEqualTo(usual >= USUAL.threshold());
            assertThat(said).isLessThanOrEqualTo(before);
            before = said;
        }
    }

    @Test
    void questions_to_which_an_agent_wrote_the_answer_lower_what_is_promised() {
        IntFunction<List<Candidate>> right = i -> {
            int ahead = any();
            return candidates(ahead, ahead, false);
        };
        List<List<Candidate>> answered = decisions(100, right);
        List<List<Candidate>> mixed = new ArrayList<>(answered);
        mixed.addAll(decisions(100, i -> candidates(any(), -1, false)));
        Candidate best =
                right.apply(0).stream().filter(Candidate::fits).findFirst().orElseThrow();

        assertThat(probability(OwnScore.of(USUAL, mixed), best))
                .isLessThan(probability(OwnScore.of(USUAL, answered), best));
    }

    @Test
    void what_was_found_by_words_alone_teaches_nothing() {
        List<List<Candidate>> byWords = decisions(
                100,
                i -> List.of(
                        new Candidate(3.0, new Evidence(0.2, 0, 0), true),
                        new Candidate(-3.0, new Evidence(1, 0, 0), false)));

        assertThat(OwnScore.of(USUAL, byWords)).isSameAs(USUAL);
    }

    @Test
    void it_travels_with_a_model(@TempDir Path model) throws IOException {
        FinalScore own = OwnScore.of(USUAL, decisions(60, i -> candidates(any(), any(), true)));

        Files.writeString(model.resolve(FinalScore.FILE), own.json().toString());

        FinalScore read = FinalScore.of(model);
        Candidate candidate = candidates(0, 0, true).get(0);
        assertThat(probability(read, candidate))
                .isCloseTo(probability(own, candidate), org.assertj.core.data.Offset.offset(1e-3));
        assertThat(read.confidence()).isEqualTo(own.confidence());
        assertThat(read.said().slope()).isCloseTo(own.said().slope(), org.assertj.core.data.Offset.offset(1e-4));
    }
}
