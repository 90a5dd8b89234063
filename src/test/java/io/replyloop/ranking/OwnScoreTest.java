package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    private static double told(FinalScore score, Candidate candidate) {
        return score.said().of(probability(score, candidate));
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

        assertThat(told(reliable, best)).isGreaterThan(OwnScore.PROMISED.likely());
        assertThat(probability(reliable, best))
                .isGreaterThan(reliable.confidence().likely());
        assertThat(told(unreliable, best)).isLessThan(0.3).isLessThan(probability(USUAL, best));
        assertThat(probability(unreliable, best))
                .isLessThan(unreliable.confidence().likely());
    }

    @Test
    void twenty_decisions_that_bear_out_what_was_said_leave_the_words_nearly_as_they_were() {
        FinalScore own = OwnScore.of(USUAL, decisions(OwnScore.FEWEST, i -> {
            int ahead = any();
            return candidates(ahead, random.nextInt(10) < 7 ? ahead : any(), false);
        }));

        assertThat(own.confidence().sure()).isCloseTo(USUAL.confidence().sure(), within(0.05));
        assertThat(own.confidence().likely()).isCloseTo(USUAL.confidence().likely(), within(0.15));
    }

    @Test
    void words_change_neither_the_order_nor_the_silence() {
        FinalScore own = USUAL.saying(new FinalScore.Said(1.6, -0.7), OwnScore.PROMISED);

        assertThat(own.threshold()).isEqualTo(USUAL.threshold());
        for (double nearness = 1; nearness > 0.05; nearness -= 0.05) {
            Evidence evidence = new Evidence(nearness / 2, nearness, 0, 0, nearness / 2, 0);
            assertThat(own.probability(null, evidence)).isEqualTo(USUAL.probability(null, evidence));
        }
        assertThat(own.said().before(own.said().of(0.3))).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void what_was_learned_of_one_network_is_not_handed_on_to_another() {
        List<List<Candidate>> useless = decisions(200, i -> {
            int right = any();
            List<Candidate> noise = new ArrayList<>();
            for (Candidate candidate : candidates(any(), right, false)) {
                Evidence was = candidate.evidence();
                double memory = candidate.fits() ? 0.9 : 0.1;
                Evidence now = new Evidence(was.firstStage(), was.meaning(), memory, 0.8, was.share(), 0);
                noise.add(new Candidate(3 * random.nextGaussian(), now, candidate.fits()));
            }
            return noise;
        });
        FinalScore own = OwnScore.of(USUAL, useless);
        FinalScore handedOn = OwnScore.forAnotherNetwork(USUAL, useless);

        assertThat(own.weights().crossEncoder()).isLessThan(USUAL.weights().crossEncoder() / 2);
        assertThat(own.weights().memory()).isGreaterThan(USUAL.weights().memory());
        assertThat(handedOn.weights().crossEncoder()).isEqualTo(USUAL.weights().crossEncoder());
        assertThat(handedOn.weights().memory()).isEqualTo(own.weights().memory());
    }

    @Test
    void however_often_it_is_handed_on_a_new_reply_keeps_half_of_what_it_says_of_itself() {
        double before = FinalScore.FIRST_STAGE_ONLY.weights().order()[6];
        FinalScore score = FinalScore.FIRST_STAGE_ONLY;
        for (int i = 0; i < 4; i++) {
            score = OwnScore.forAnotherNetwork(score, decisions(100, n -> {
                int ahead = any();
                return candidates(ahead, (ahead + 1) % CANDIDATES, true);
            }));
        }

        // The log-odds may be scaled beside: four times by 0.2 at the very most, were nothing kept.
        assertThat(score.weights().order()[6]).isGreaterThan(before / 2 * Math.pow(0.6, 4));
    }

    @Test
    void a_language_of_which_the_encoder_has_read_less_is_told_no_more_than_came_true() {
        IntFunction<List<Candidate>> unfamiliar = i -> {
            int ahead = any();
            return candidates(ahead, random.nextInt(10) < 5 ? ahead : any(), true).stream()
                    .map(one -> new Candidate(
                            one.logit(),
                            new Evidence(
                                    one.evidence().firstStage(),
                                    one.evidence().meaning(),
                                    0,
                                    0,
                                    one.evidence().share(),
                                    1),
                            one.fits()))
                    .toList();
        };
        FinalScore own = OwnScore.of(FinalScore.FIRST_STAGE_ONLY, decisions(200, unfamiliar));
        List<Candidate> others =
                decisions(200, unfamiliar).stream().flatMap(List::stream).toList();

        double said = others.stream()
                .mapToDouble(one -> probability(own, one))
                .average()
                .orElseThrow();
        assertThat(said).isCloseTo(1.0 / CANDIDATES, within(0.03));
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

        assertThat(told(OwnScore.of(USUAL, mixed), best)).isLessThan(told(OwnScore.of(USUAL, answered), best));
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
        assertThat(probability(read, candidate)).isCloseTo(probability(own, candidate), within(1e-3));
        assertThat(read.confidence().likely()).isCloseTo(own.confidence().likely(), within(1e-4));
        assertThat(read.said().slope()).isCloseTo(own.said().slope(), within(1e-4));
    }
}
