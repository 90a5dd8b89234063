package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalScoreTest {
    private static final Evidence EVIDENCE = new Evidence(0.4, 0, 0.25, 0.25);

    @TempDir
    Path directory;

    @Test
    void combines_the_three_stages_as_the_formula_says() {
        var score = new FinalScore(2, 0.5, new StageWeights(-1, 1.5, 0.5, 2));

        // -1 + 1.5 * 3 / 2 + 0.5 * 0.4 + 2 * 0.25 = 1.95
        assertThat(score.probability(3.0, EVIDENCE)).isCloseTo(1 / (1 + Math.exp(-1.95)), within(1e-12));
    }

    @Test
    void what_memory_does_not_know_shifts_the_weights() {
        var score = new FinalScore(2, 0.5, new StageWeights(-1, 1.5, 0.5, 0, 2, -0.5, 4, 0, 0));

        // 1.95 as above, and three quarters of -0.5 + 4 * 3 / 2
        assertThat(score.probability(3.0, EVIDENCE)).isCloseTo(1 / (1 + Math.exp(-1.95 - 0.75 * 5.5)), within(1e-12));
    }

    @Test
    void a_reply_near_in_meaning_gains_by_its_weight() {
        var score = new FinalScore(1, 0.5, new StageWeights(-1, 1, 0, 3, 0, 0, 0, 0, 1));

        // -1 + 0.5 + 4 * 0.6
        assertThat(score.probability(0.5, new Evidence(0, 0.6, 0))).isCloseTo(1 / (1 + Math.exp(-1.9)), within(1e-12));
    }

    @Test
    void how_far_a_reply_is_ahead_counts_by_its_log_odds() {
        var score = new FinalScore(1, 0.5, new StageWeights(-1, 1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 1, 0));

        // -1 + 0.5 + (2 + 0.75) * log(0.8 / 0.2)
        assertThat(score.probability(0.5, new Evidence(0, 0.6, 0, 0.25, 0.8, 0)))
                .isCloseTo(1 / (1 + Math.exp(0.5 - 2.75 * Math.log(4))), within(1e-12));
    }

    @Test
    void a_language_of_which_the_encoder_has_read_less_has_its_own_scale() {
        var score = new FinalScore(1, 0.5, new StageWeights(-1, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0.5, -2));

        // -1 + 0.5 + 5 * 0.6 is 2.5; half of it and -2
        assertThat(score.probability(0.5, new Evidence(0, 0.6, 0, 0, 0, 1)))
                .isCloseTo(1 / (1 + Math.exp(0.75)), within(1e-12));
    }

    @Test
    void a_reply_that_is_ahead_of_others_and_far_in_meaning_is_not_held_for_an_answer() throws IOException {
        write("""
                {"weights": {"bias": 1, "share": 1}, "unjudged": {"bias": 0, "share": 1},
                 "near": {"weights": {"bias": -5, "meaning": 10}, "unjudged": {"bias": -6, "meaning": 10}}}""");
        var score = FinalScore.of(directory);

        Evidence ahead = new Evidence(0, 0.2, 0, 0, 0.9, 0);
        assertThat(score.probability(null, ahead)).isCloseTo(2 / (1 + Math.exp(6 - 2)), within(1e-12));
        Evidence near = new Evidence(0, 0.9, 0, 0, 0.5, 0);
        assertThat(score.probability(null, near)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void a_reply_that_is_near_enough_is_as_probable_as_the_matter_is_clear() {
        var near = new StageWeights(-5, 0, 0, 10, 0, 0, 0, 0, 0);
        var clear = new StageWeights(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0);
        var score = new FinalScore(
                1, 0, new FinalScore.Confidence(0.8, 0.4), clear, clear, new FinalScore.Near(near, near));

        for (double meaning : new double[] {0.5, 0.6, 0.9}) {
            assertThat(score.probability(null, new Evidence(0, meaning, 0, 0, 0.9, 0)))
                    .isCloseTo(0.9, within(1e-12));
            assertThat(score.probability(0.0, new Evidence(0, meaning, 0, 0, 0.9, 0)))
                    .isCloseTo(0.9, within(1e-12));
        }
        assertThat(score.probability(0.0, new Evidence(0, 0.4, 0, 0, 0.9, 0)) < 0.9)
                .isTrue();
    }

    @Test
    void a_reply_that_nobody_has_read_is_weighed_by_its_own_weights() throws IOException {
        write("""
                {"weights": {"bias": 5}, "unjudged": {"bias": -2, "firstStage": 0.5, "meaning": 3, "memory": 4,
                 "unknownBias": 1}}""");

        // -2 + 0.5 * 0.4 + 3 * 0.5 + 4 * 0.25 + 0.75
        assertThat(FinalScore.of(directory).probability(null, new Evidence(0.4, 0.5, 0.25, 0.25)))
                .isCloseTo(1 / (1 + Math.exp(-1.45)), within(1e-12));
    }

    @Test
    void without_a_meaning_words_have_weights_of_their_own() {
        var score = new FinalScore(1, 0.5, new StageWeights(-9, 1, 0, 15, 0, 0, 0, 0, 0));
        Evidence words = new Evidence(1, 0, 0);

        assertThat(score.probability(1.0, words) > 0.1)
                .as("not held for far in meaning")
                .isTrue();
        assertThat(score.probability(null, words) > 0.05).isTrue();
        assertThat(score.probability(1.0, new Evidence(1, 0.001, 0)) < 0.01).isTrue();
    }

    @Test
    void the_file_is_read_as_it_was_written() throws IOException {
        var score = new FinalScore(
                1.5,
                0.07,
                new FinalScore.Confidence(0.8, 0.4),
                new StageWeights(-3, 1.25, 0.5, 4, 2, -0.25, 0.75, 0.1, 2),
                new StageWeights(-4, 0, 0.5, 5, 3, -0.5, 0, 0.2, 3, 0.5, 0.25, 0.75, -1),
                new FinalScore.Near(
                        new StageWeights(-5, 1, 0.5, 6, 3, -0.5, 0, 0.2, 3),
                        new StageWeights(-6, 0, 0.5, 7, 3, -0.5, 0, 0.2, 3)));
        score.write(directory);
        assertThat(FinalScore.of(directory)).isEqualTo(score);
    }

    @Test
    void reads_what_the_model_brings() throws IOException {
        write("""
                {"temperature": 1.7, "threshold": 0.42, "fitted": {"on": "dev"},
                 "weights": {"bias": -2, "crossEncoder": 0.9, "firstStage": 0.3, "meaning": 4, "memory": 3.5}}""");

        var weights = new StageWeights(-2, 0.9, 0.3, 4, 3.5, 0, 0, 0, 0);
        assertThat(FinalScore.of(directory)).isEqualTo(new FinalScore(1.7, 0.42, weights));
    }

    @Test
    void of_a_file_that_knows_no_meaning_only_the_temperature_is_taken() throws IOException {
        write("""
                {"temperature": 1.03, "threshold": 0.0195, "weights": {"bias": -4.38, "crossEncoder": 0.603,
                 "firstStage": 2.055, "memory": 3.688, "unknownBias": 1.554, "unknownCrossEncoder": -0.253}}""");

        var score = FinalScore.of(directory);

        assertThat(score.temperature()).isEqualTo(1.03);
        for (Evidence evidence : new Evidence[] {
            new Evidence(1, 0.6, 0), new Evidence(0.2, 0.3, 0.9, 0.95), new Evidence(0, 0.4, 0.5, 0.5)
        }) {
            double unread = score.probability(null, evidence);
            assertThat(score.probability(1.0, evidence) > unread)
                    .as("what was read and fits is not behind what was not")
                    .isTrue();
            assertThat(score.probability(-4.0, evidence) < unread).isTrue();
            assertThat(FinalScore.FIRST_STAGE_ONLY.probability(null, evidence)).isCloseTo(unread, within(1e-12));
        }
        assertThat(score.threshold()).isEqualTo(FinalScore.FIRST_STAGE_ONLY.threshold());
        assertThat(score.probability(2.0, new Evidence(0.3, 0.6, 0))
                        > score.probability(2.0, new Evidence(0.3, 0.2, 0)))
                .isTrue();
    }

    @Test
    void a_model_that_is_made_of_another_gets_figures_that_know_meaning() throws IOException {
        ObjectMapper json = new ObjectMapper();
        write(FinalScore.handedOn(json.readTree("{\"temperature\": 2, \"weights\": {\"memory\": 3}}"), 1.5)
                .toString());
        assertThat(FinalScore.of(directory).near().weights().unknownMeaning() > 0)
                .isTrue();
        assertThat(FinalScore.of(directory).temperature()).isEqualTo(1.5);
        assertThat(Files.readString(directory.resolve("ranking.json")).contains("unjudged"))
                .isTrue();

        var parent = json.readTree("{\"temperature\": 2, \"threshold\": 0.4, \"weights\": {\"meaning\": 3}, \"n\": 1}");
        assertThat(FinalScore.handedOn(parent, 1.5).toString())
                .isEqualTo("{\"temperature\":1.5,\"threshold\":0.4,\"weights\":{\"meaning\":3},\"n\":1}");
        assertThat(FinalScore.handedOn(null, 1.5).has("unjudged")).isTrue();
    }

    @Test
    void without_any_meaning_what_was_not_read_stays_behind_what_may_fit() {
        var words = FinalScore.DEFAULTS.byWords();
        for (Evidence evidence : new Evidence[] {new Evidence(1, 0, 0), new Evidence(0.3, 0, 0.9, 0.9)}) {
            assertThat(words.probability(0.0, evidence) > words.probability(null, evidence))
                    .isTrue();
        }
        assertThat(words.probability(null, new Evidence(1, 0, 0)) > words.threshold())
                .as("shown, as unsure")
                .isTrue();
    }

    @Test
    void a_model_that_brings_nothing_gets_the_defaults() {
        assertThat(FinalScore.of(directory)).isEqualTo(FinalScore.DEFAULTS);
    }

    @Test
    void what_is_left_out_keeps_its_default() throws IOException {
        write("{\"temperature\": 3, \"weights\": {\"memory\": 0, \"meaning\": 2, \"bias\": null}}");

        StageWeights words = FinalScore.DEFAULTS.byWords().weights();
        assertThat(FinalScore.of(directory))
                .isEqualTo(new FinalScore(
                        3,
                        FinalScore.DEFAULTS.byWords().threshold(),
                        new StageWeights(words.bias(), words.crossEncoder(), words.firstStage(), 2, 0, 0, 0, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"temperature\": 0}             | temperature must be a number from 0.001 to 10,000, and is 0.0",
                "{\"temperature\": 1e-300}        | temperature must be a number from 0.001 to 10,000, and is 1.0E-300",
                "{\"temperature\": 1e999}         | temperature must be a number from 0.001 to 10,000, and is Infinity",
                "{\"said\": {\"slope\": 0}}      | said.slope must be a number from 0.01 to 100, and is 0.0",
                "{\"said\": {\"bias\": 1e308}}   | said.bias must be a number from -1,000 to 1,000, and is 1.0E308",
                "{\"weights\": {\"share\": 1e300}}| weights.share must be a number from -10,000 to 10,000, and is 1.0E300",
                "{\"temperature\": \"warm\"}      | temperature must be a number, and is \"warm\"",
                "{\"threshold\": 1.2}             | threshold must be a number from 0 to 1, and is 1.2",
                "{\"sure\": -1}                   | sure must be a number from 0 to 1, and is -1.0",
                "{\"near\": \"far\"}               | near must be a JSON object",
                "{\"said\": [1, 2]}              | said must be a JSON object",
                "{\"unjudged\": 7}                | unjudged must be a JSON object",
                "{\"weights\": {\"bias\": -1e999}}| weights.bias must be a number from -10,000 to 10,000, and is -Infinity",
                "{\"weights\": [1, 2]}            | weights must be a JSON object",
                "[]                               | expected a JSON object",
                "{\"temperature\": 1              | is not JSON",
            })
    void what_cannot_be_used_is_refused_naming_the_file_and_the_field(String json, String complaint)
            throws IOException {
        write(json);

        String message = assertThatExceptionOfType(UnusableModel.class)
                .isThrownBy(() -> FinalScore.of(directory))
                .actual()
                .getMessage();

        assertThat(message.contains(complaint)).as("%s", message).isTrue();
        assertThat(message.contains(directory.resolve("ranking.json").toString()))
                .as("%s", message)
                .isTrue();
    }

    @Test
    void figures_that_are_no_numbers_are_refused_wherever_they_come_from() {
        var unfitted = new StageWeights(-1, Double.NaN, 0.5, 2);

        String message = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new FinalScore(1, 0.5, unfitted))
                .actual()
                .getMessage();

        assertThat(message).isEqualTo("weights.crossEncoder must be a number from -10,000 to 10,000, and is NaN");
    }

    @Test
    void of_two_logits_the_difference_counts_and_a_single_one_is_itself() {
        assertThat(CrossEncoder.logOdds(new float[] {-1, 1.5f})).isCloseTo(2.5, within(1e-6));
        assertThat(CrossEncoder.logOdds(new float[] {0.75f})).isCloseTo(0.75, within(1e-6));
    }

    private void write(String json) throws IOException {
        Files.writeString(directory.resolve("ranking.json"), json);
    }
}
