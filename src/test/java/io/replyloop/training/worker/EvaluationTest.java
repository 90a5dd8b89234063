package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.ranking.FinalScore;
import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void what_has_no_meaning_for_these_examples_is_left_out() {
        HeldOut positive = new HeldOut(new TrainingExample("q", "r", 1, null), null, true);
        Evaluation positivesOnly = new Evaluation(List.of(positive), new double[] {2}, FinalScore.FIRST_STAGE_ONLY);

        ObjectNode metrics = positivesOnly.metrics();

        assertThat(metrics.has("auc")).isFalse();
        assertThat(metrics.get("accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void where_evidence_is_known_the_metrics_say_what_agents_would_see_and_what_the_network_says() {
        ObjectNode metrics = withEvidence(ranks(40, 3)).metrics();

        assertThat(metrics.get("finalMrr").asDouble()).isEqualTo(1.0);
        assertThat(metrics.get("finalRecall@1").asDouble()).isEqualTo(1.0);
        assertThat(metrics.get("mrr").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(metrics.get("finalEce").isNumber()).isTrue();
    }

    @Test
    void a_candidate_without_a_label_takes_its_place_on_the_screen_and_says_nothing_of_the_network() {
        Evaluation labelled = withEvidence(ranks(40, 1));
        List<HeldOut> examples = new ArrayList<>(labelled.examples());
        double[] logits = Arrays.copyOf(labelled.logits(), examples.size() + 1);
        logits[examples.size()] = 9;
        Evidence nearer = new Evidence(1, 0.95, 0, 0, 0.5, 0);
        examples.add(new HeldOut(new TrainingExample("q", "nearer", 0, "group-0"), nearer, false));

        ObjectNode metrics = new Evaluation(examples, logits, labelled.score()).metrics();

        assertThat(metrics.get("mrr").asDouble()).isEqualTo(1.0);
        assertThat(metrics.get("finalRecall@1").asDouble()).isEqualTo(39 / 40.0);
    }

    @Test
    void without_evidence_the_metrics_are_those_of_the_networks() {
        ObjectNode metrics = ranks(40, 1).metrics();

        assertThat(metrics.has("finalMrr")).isFalse();
        assertThat(metrics.has("ece")).isTrue();
    }

    /** The fitting reply is by far the nearest, whatever the network says of it. */
    private static Evaluation withEvidence(Evaluation evaluation) {
        return new Evaluation(
                evaluation.examples().stream()
                        .map(HeldOut::example)
                        .map(example -> new HeldOut(
                                example, new Evidence(0, example.label() == 1 ? 0.9 : 0.2, 0, 0, 0.25, 0), true))
                        .toList(),
                evaluation.logits(),
                evaluation.score());
    }

    /** Impressions of four replies, of which the fitting one stands at the given rank. */
    private static Evaluation ranks(int impressions, int rank) {
        List<HeldOut> examples = new ArrayList<>();
        double[] logits = new double[impressions * 4];
        for (int i = 0; i < impressions; i++) {
            for (int reply = 0; reply < 4; reply++) {
                logits[examples.size()] = reply == 0 ? 4.5 - rank : 4 - reply;
                examples.add(new HeldOut(
                        new TrainingExample("q", "r" + reply, reply == 0 ? 1 : 0, "group-" + i), null, true));
            }
        }
        return new Evaluation(examples, logits, FinalScore.FIRST_STAGE_ONLY);
    }
}
