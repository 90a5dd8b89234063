package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.training.TrainingExample;
import io.replyloop.ranking.FinalScore;
import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkWeightTest {
    private static final FinalScore SCORE = FinalScore.FIRST_STAGE_ONLY;
    private static final int REPLIES = 6;

    /** As sure of every reply as of any other. */
    private static final double NOTHING = 0;

    @Test
    void a_network_that_knows_the_team_counts_for_more() {
        Team team = new Team(40);

        double temperature = NetworkWeight.temperature(team.network(NOTHING), team.network(2));

        assertThat(temperature < SCORE.temperature() / 1.5)
                .as(() -> "it is " + temperature)
                .isTrue();
    }

    @Test
    void a_network_that_is_noise_counts_for_less() {
        Team team = new Team(40);

        double temperature = NetworkWeight.temperature(team.network(NOTHING), team.noise(4));

        assertThat(temperature > SCORE.temperature() * 2)
                .as(() -> "it is " + temperature)
                .isTrue();
    }

    @Test
    void on_few_impressions_the_temperature_stays() {
        Team team = new Team(9);

        assertThat(NetworkWeight.temperature(team.network(NOTHING), team.network(2)))
                .isEqualTo(SCORE.temperature());
    }

    @Test
    void what_may_be_chance_moves_nothing() {
        Team team = new Team(12);
        Evaluation fresh = team.noise(0.5);

        assertThat(NetworkWeight.temperature(team.network(NOTHING), fresh)).isEqualTo(SCORE.temperature());
    }

    @Test
    void an_own_answer_that_never_was_a_candidate_is_left_out() {
        Team team = new Team(40);
        double without = NetworkWeight.temperature(team.network(NOTHING), team.network(2));

        team.ownAnswers(40);
        assertThat(NetworkWeight.temperature(team.network(NOTHING), team.network(2)))
                .isEqualTo(without);

        Team few = new Team(9);
        few.ownAnswers(20);
        assertThat(NetworkWeight.temperature(few.network(NOTHING), few.network(2)))
                .isEqualTo(SCORE.temperature());
    }

    @Test
    void no_more_is_promised_than_the_champion_did() {
        Team team = new Team(40);
        double unbounded = NetworkWeight.temperature(team.network(NOTHING), team.network(2));
        // Of what nobody has written of, the network says that it fits.
        team.unanswered(50);
        Evaluation champion = team.network(NOTHING);
        Evaluation fresh = team.network(2);

        double temperature = NetworkWeight.temperature(champion, fresh);

        assertThat(fresh.at(unbounded).logLoss() > champion.logLoss()).isTrue();
        assertThat(fresh.at(temperature).logLoss() <= champion.logLoss()).isTrue();
        assertThat(temperature > unbounded).as(() -> "it is " + temperature).isTrue();
    }

    @Test
    void without_evidence_logits_that_are_one_and_a_half_times_as_large_get_one_and_a_half_times_the_temperature() {
        Evaluation old = mistaken(40).at(0.8);

        assertThat(NetworkWeight.temperature(old, times(1.5, old))).isCloseTo(1.2, within(1e-6));
    }

    @Test
    void without_evidence_it_never_moves_by_more_than_twice_and_on_few_impressions_not_at_all() {
        Evaluation old = mistaken(40).at(0.8);
        assertThat(NetworkWeight.temperature(old, times(5, old))).isCloseTo(1.6, within(1e-6));

        Evaluation few = mistaken(29).at(0.8);
        assertThat(NetworkWeight.temperature(few, times(5, few))).isEqualTo(0.8);
    }

    /** Right in three of four impressions, so that there is a temperature to find. */
    private static Evaluation mistaken(int impressions) {
        List<HeldOut> examples = new ArrayList<>();
        double[] logits = new double[impressions * 2];
        for (int i = 0; i < impressions; i++) {
            for (int label = 0; label < 2; label++) {
                boolean right = i % 4 != 0;
                logits[examples.size()] = (label == 1) == right ? 1 : -1;
                examples.add(new HeldOut(new TrainingExample("q", "r" + label, label, "group-" + i), null, true));
            }
        }
        return new Evaluation(examples, logits, SCORE);
    }

    private static Evaluation times(double factor, Evaluation evaluation) {
        double[] larger =
                Arrays.stream(evaluation.logits()).map(logit -> factor * logit).toArray();
        return new Evaluation(evaluation.examples(), larger, evaluation.score());
    }

    /** Questions to which the first stage finds the right reply more often than not. */
    private static final class Team {
        private final List<HeldOut> examples = new ArrayList<>();

        Team(int impressions) {
            for (int i = 0; i < impressions; i++) {
                // The first stage prefers the right one, which is the first, in three of five.
                int nearest = i % 5 < 3 ? 0 : 1;
                for (int reply = 0; reply < REPLIES; reply++) {
                    add(reply == 0 ? 1 : 0, "group-" + i, evidence(reply == nearest));
                }
            }
        }

        void ownAnswers(int count) {
            for (int i = 0; i < count; i++) {
                add(1, "own-" + i, null);
                for (int reply = 1; reply < REPLIES; reply++) {
                    add(0, "own-" + i, null);
                }
            }
        }

        void unanswered(int count) {
            for (int i = 0; i < count; i++) {
                add(0, "unanswered-" + i, evidence(true));
            }
        }

        private void add(double label, String group, Evidence evidence) {
            examples.add(new HeldOut(new TrainingExample("q", "r" + examples.size(), label, group), evidence, true));
        }

        private static Evidence evidence(boolean nearest) {
            return nearest ? new Evidence(1, 0.6, 0.5, 0.5, 0.5, 0) : new Evidence(0.4, 0.4, 0.2, 0.5, 0.1, 0);
        }

        /** Of what fits it says this, of all else the opposite; it knows nothing of a moment to which nobody has written. */
        Evaluation network(double logit) {
            return new Evaluation(
                    examples,
                    examples.stream()
                            .mapToDouble(one -> fits(one) ? logit : -logit)
                            .toArray(),
                    SCORE);
        }

        private static boolean fits(HeldOut one) {
            return one.example().label() == 1 || one.example().group().startsWith("unanswered");
        }

        Evaluation noise(double size) {
            Random random = new Random(1);
            return new Evaluation(
                    examples,
                    examples.stream()
                            .mapToDouble(one -> size * random.nextGaussian())
                            .toArray(),
                    SCORE);
        }
    }
}
