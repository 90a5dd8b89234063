package io.replyloop.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void a_model_that_puts_the_fitting_reply_first_more_often_is_better() {
        ObjectNode result = Evaluation.compare(ranks(40, 3), 7, ranks(40, 1));

        assertEquals("better", result.get("verdict").asText());
        assertEquals(
                "The new model is better than model 7: on 40 held-out impressions the first fitting reply has a mean"
                        + " reciprocal rank of 1.000, before it was 0.333.",
                result.at("/verdictText/en").asText());
        assertTrue(result.at("/verdictText/zh").asText().contains("新模型优于模型 7"));
        assertEquals(1.0, result.at("/challenger/mrr").asDouble());
        assertEquals(1 / 3.0, result.at("/champion/mrr").asDouble(), 1e-9);
    }

    @Test
    void a_model_that_got_worse_is_called_worse() {
        assertEquals("worse", verdict(ranks(40, 1), ranks(40, 2)));
    }

    @Test
    void the_same_ranking_is_no_difference() {
        assertEquals("no-difference", verdict(ranks(40, 2), ranks(40, 2)));
    }

    @Test
    void a_difference_in_one_impression_of_many_is_no_reliable_difference() {
        Evaluation before = ranks(40, 1);
        double[] logits = before.logits().clone();
        logits[0] = -9;

        assertEquals("no-difference", verdict(before, new Evaluation(before.examples(), logits, 1)));
    }

    @Test
    void on_a_handful_of_impressions_nothing_is_claimed() {
        assertEquals("too-little-data", verdict(ranks(9, 3), ranks(9, 1)));
    }

    @Test
    void what_has_no_meaning_for_these_examples_is_left_out() {
        Evaluation positivesOnly = new Evaluation(List.of(new TrainingExample("q", "r", 1, null)), new double[] {2}, 1);

        ObjectNode metrics = positivesOnly.metrics();

        assertFalse(metrics.has("auc"));
        assertEquals(1, metrics.get("accuracy").asDouble());
    }

    @Test
    void logits_that_are_one_and_a_half_times_as_large_get_one_and_a_half_times_the_temperature() {
        Evaluation old = mistaken(40).at(0.8);
        double[] larger = Arrays.stream(old.logits()).map(logit -> 1.5 * logit).toArray();

        assertEquals(1.2, Evaluation.temperatureLike(old, new Evaluation(old.examples(), larger, 1)), 1e-6);
    }

    @Test
    void the_temperature_never_moves_by_more_than_twice_and_on_few_impressions_not_at_all() {
        Evaluation old = mistaken(40).at(0.8);
        double[] larger = Arrays.stream(old.logits()).map(logit -> 5 * logit).toArray();
        assertEquals(1.6, Evaluation.temperatureLike(old, new Evaluation(old.examples(), larger, 1)), 1e-6);

        Evaluation few = mistaken(29).at(0.8);
        double[] muchLarger =
                Arrays.stream(few.logits()).map(logit -> 5 * logit).toArray();
        assertEquals(0.8, Evaluation.temperatureLike(few, new Evaluation(few.examples(), muchLarger, 1)));
    }

    /** Right in three of four impressions, so that there is a temperature to find. */
    private static Evaluation mistaken(int impressions) {
        List<TrainingExample> examples = new ArrayList<>();
        double[] logits = new double[impressions * 2];
        for (int i = 0; i < impressions; i++) {
            for (int label = 0; label < 2; label++) {
                boolean right = i % 4 != 0;
                logits[examples.size()] = (label == 1) == right ? 1 : -1;
                examples.add(new TrainingExample("q", "r" + label, label, "group-" + i));
            }
        }
        return new Evaluation(examples, logits, 1);
    }

    private static String verdict(Evaluation champion, Evaluation challenger) {
        return Evaluation.compare(champion, 7, challenger).get("verdict").asText();
    }

    /** Impressions of four replies, of which the fitting one stands at the given rank. */
    private static Evaluation ranks(int impressions, int rank) {
        List<TrainingExample> examples = new ArrayList<>();
        double[] logits = new double[impressions * 4];
        for (int i = 0; i < impressions; i++) {
            for (int reply = 0; reply < 4; reply++) {
                logits[examples.size()] = reply == 0 ? 4.5 - rank : 4 - reply;
                examples.add(new TrainingExample("q", "r" + reply, reply == 0 ? 1 : 0, "group-" + i));
            }
        }
        return new Evaluation(examples, logits, 1);
    }
}
