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
    void a_model_that_puts_the_fitting_reply_first_more_often_is_better() {
        ObjectNode result = Evaluation.compare(ranks(40, 3), 7, ranks(40, 1));

        assertThat(result.get("verdict").asText()).isEqualTo("better");
        assertThat(result.at("/verdictText/en").asText())
                .isEqualTo(
                        "The new model is better than model 7: on 40 held-out impressions the first fitting reply has a mean"
                                + " reciprocal rank of 1.000, before it was 0.333.");
        assertThat(result.at("/verdictText/zh").asText().contains("新模型优于模型 7")).isTrue();
        assertThat(result.at("/challenger/mrr").asDouble()).isEqualTo(1.0);
        assertThat(result.at("/champion/mrr").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void a_model_that_got_worse_is_called_worse() {
        assertThat(verdict(ranks(40, 1), ranks(40, 2))).isEqualTo("worse");
    }

    @Test
    void the_same_ranking_is_no_difference() {
        assertThat(verdict(ranks(40, 2), ranks(40, 2))).isEqualTo("no-difference");
    }

    @Test
    void a_difference_in_one_impression_of_many_is_no_reliable_difference() {
        Evaluation before = ranks(40, 1);
        double[] logits = before.logits().clone();
        logits[0] = -9;

        assertThat(verdict(before, new Evaluation(before.examples(), logits, before.score())))
                .isEqualTo("no-difference");
    }

    @Test
    void on_a_handful_of_impressions_nothing_is_claimed() {
        assertThat(verdict(ranks(9, 3), ranks(9, 1))).isEqualTo("too-little-data");
    }

    @Test
    void what_has_no_meaning_for_these_examples_is_left_out() {
        HeldOut positive = new HeldOut(new TrainingExample("q", "r", 1, null), null, true);
        Evaluation positivesOnly = new Evaluation(List.of(positive), new double[] {2}, FinalScore.FIRST_STAGE_ONLY);

        ObjectNode metrics = positivesOnly.metrics();

        assertThat(metrics.has("auc")).isFalse();
        assertThat(metrics.get("accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void where_evidence_is_known_the_verdict_is_about_what_agents_would_see_and_the_metrics_say_both() {
        Evaluation champion = withEvidence(ranks(40, 3));
        Evaluation same = withEvidence(ranks(40, 1));

        ObjectNode result = Evaluation.compare(champion, 7, same);

        assertThat(result.get("verdict").asText()).isEqualTo("no-difference");
        assertThat(result.at("/verdictText/en")
                        .asText()
                        .contains("40 held-out impressions, ranked as agents would see them"))
                .isTrue();
        assertThat(result.at("/verdictText/zh").asText().contains("按客服实际看到的顺序")).isTrue();
        assertThat(result.at("/champion/finalMrr").asDouble()).isEqualTo(1.0);
        assertThat(result.at("/challenger/finalRecall@1").asDouble()).isEqualTo(1.0);
        assertThat(result.at("/champion/mrr").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(result.at("/challenger/mrr").asDouble()).isEqualTo(1.0);
        assertThat(result.at("/challenger/finalEce").isNumber()).isTrue();
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

    private static String verdict(Evaluation champion, Evaluation challenger) {
        return Evaluation.compare(champion, 7, challenger).get("verdict").asText();
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
