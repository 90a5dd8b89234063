package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    void combinesTheThreeStagesAsTheFormulaSays() {
        var score = new FinalScore(2, 0.5, new StageWeights(-1, 1.5, 0.5, 2));

        // -1 + 1.5 * 3 / 2 + 0.5 * 0.4 + 2 * 0.25 = 1.95
        assertEquals(1 / (1 + Math.exp(-1.95)), score.probability(3.0, EVIDENCE), 1e-12);
    }

    @Test
    void whatMemoryDoesNotKnowShiftsTheWeights() {
        var score = new FinalScore(2, 0.5, new StageWeights(-1, 1.5, 0.5, 0, 2, -0.5, 4, 0, 0));

        // 1.95 as above, and three quarters of -0.5 + 4 * 3 / 2
        assertEquals(1 / (1 + Math.exp(-1.95 - 0.75 * 5.5)), score.probability(3.0, EVIDENCE), 1e-12);
    }

    @Test
    void aReplyNearInMeaningGainsByItsWeight() {
        var score = new FinalScore(1, 0.5, new StageWeights(-1, 1, 0, 3, 0, 0, 0, 0, 1));

        // -1 + 0.5 + 4 * 0.6
        assertEquals(1 / (1 + Math.exp(-1.9)), score.probability(0.5, new Evidence(0, 0.6, 0)), 1e-12);
    }

    @Test
    void howFarAReplyIsAheadCountsByItsLogOdds() {
        var score = new FinalScore(1, 0.5, new StageWeights(-1, 1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 1, 0));

        // -1 + 0.5 + (2 + 0.75) * log(0.8 / 0.2)
        assertEquals(
                1 / (1 + Math.exp(0.5 - 2.75 * Math.log(4))),
                score.probability(0.5, new Evidence(0, 0.6, 0, 0.25, 0.8, 0)),
                1e-12);
    }

    @Test
    void aLanguageOfWhichTheEncoderHasReadLessHasItsOwnScale() {
        var score = new FinalScore(1, 0.5, new StageWeights(-1, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0.5, -2));

        // -1 + 0.5 + 5 * 0.6 is 2.5; half of it and -2
        assertEquals(1 / (1 + Math.exp(0.75)), score.probability(0.5, new Evidence(0, 0.6, 0, 0, 0, 1)), 1e-12);
    }

    @Test
    void aReplyThatIsAheadOfOthersAndFarInMeaningIsNotHeldForAnAnswer() throws IOException {
        write("""
                {"weights": {"bias": 1, "share": 1}, "unjudged": {"bias": 0, "share": 1},
                 "near": {"weights": {"bias": -5, "meaning": 10}, "unjudged": {"bias": -6, "meaning": 10}}}""");
        var score = FinalScore.of(directory);

        Evidence ahead = new Evidence(0, 0.2, 0, 0, 0.9, 0);
        assertEquals(2 / (1 + Math.exp(6 - 2)), score.probability(null, ahead), 1e-12);
        Evidence near = new Evidence(0, 0.9, 0, 0, 0.5, 0);
        assertEquals(0.5, score.probability(null, near), 1e-12);
    }

    @Test
    void aReplyThatIsNearEnoughIsAsProbableAsTheMatterIsClear() {
        var near = new StageWeights(-5, 0, 0, 10, 0, 0, 0, 0, 0);
        var clear = new StageWeights(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0);
        var score = new FinalScore(
                1, 0, new FinalScore.Confidence(0.8, 0.4), clear, clear, new FinalScore.Near(near, near));

        for (double meaning : new double[] {0.5, 0.6, 0.9}) {
            assertEquals(0.9, score.probability(null, new Evidence(0, meaning, 0, 0, 0.9, 0)), 1e-12);
            assertEquals(0.9, score.probability(0.0, new Evidence(0, meaning, 0, 0, 0.9, 0)), 1e-12);
        }
        assertTrue(score.probability(0.0, new Evidence(0, 0.4, 0, 0, 0.9, 0)) < 0.9);
    }

    @Test
    void aReplyThatNobodyHasReadIsWeighedByItsOwnWeights() throws IOException {
        write("""
                {"weights": {"bias": 5}, "unjudged": {"bias": -2, "firstStage": 0.5, "meaning": 3, "memory": 4,
                 "unknownBias": 1}}""");

        // -2 + 0.5 * 0.4 + 3 * 0.5 + 4 * 0.25 + 0.75
        assertEquals(
                1 / (1 + Math.exp(-1.45)),
                FinalScore.of(directory).probability(null, new Evidence(0.4, 0.5, 0.25, 0.25)),
                1e-12);
    }

    @Test
    void withoutAMeaningWordsHaveWeightsOfTheirOwn() {
        var score = new FinalScore(1, 0.5, new StageWeights(-9, 1, 0, 15, 0, 0, 0, 0, 0));
        Evidence words = new Evidence(1, 0, 0);

        assertTrue(score.probability(1.0, words) > 0.1, "not held for far in meaning");
        assertTrue(score.probability(null, words) > 0.05);
        assertTrue(score.probability(1.0, new Evidence(1, 0.001, 0)) < 0.01);
    }

    @Test
    void theFileIsReadAsItWasWritten() throws IOException {
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
        assertEquals(score, FinalScore.of(directory));
    }

    @Test
    void readsWhatTheModelBrings() throws IOException {
        write("""
                {"temperature": 1.7, "threshold": 0.42, "fitted": {"on": "dev"},
                 "weights": {"bias": -2, "crossEncoder": 0.9, "firstStage": 0.3, "meaning": 4, "memory": 3.5}}""");

        var weights = new StageWeights(-2, 0.9, 0.3, 4, 3.5, 0, 0, 0, 0);
        assertEquals(new FinalScore(1.7, 0.42, weights), FinalScore.of(directory));
    }

    @Test
    void ofAFileThatKnowsNoMeaningOnlyTheTemperatureIsTaken() throws IOException {
        write("""
                {"temperature": 1.03, "threshold": 0.0195, "weights": {"bias": -4.38, "crossEncoder": 0.603,
                 "firstStage": 2.055, "memory": 3.688, "unknownBias": 1.554, "unknownCrossEncoder": -0.253}}""");

        var score = FinalScore.of(directory);

        assertEquals(1.03, score.temperature());
        for (Evidence evidence : new Evidence[] {
            new Evidence(1, 0.6, 0), new Evidence(0.2, 0.3, 0.9, 0.95), new Evidence(0, 0.4, 0.5, 0.5)
        }) {
            double unread = score.probability(null, evidence);
            assertTrue(score.probability(1.0, evidence) > unread, "what was read and fits is not behind what was not");
            assertTrue(score.probability(-4.0, evidence) < unread);
            assertEquals(unread, FinalScore.FIRST_STAGE_ONLY.probability(null, evidence), 1e-12);
        }
        assertEquals(FinalScore.FIRST_STAGE_ONLY.threshold(), score.threshold());
        assertTrue(
                score.probability(2.0, new Evidence(0.3, 0.6, 0)) > score.probability(2.0, new Evidence(0.3, 0.2, 0)));
    }

    @Test
    void aModelThatIsMadeOfAnotherGetsFiguresThatKnowMeaning() throws IOException {
        ObjectMapper json = new ObjectMapper();
        write(FinalScore.handedOn(json.readTree("{\"temperature\": 2, \"weights\": {\"memory\": 3}}"), 1.5)
                .toString());
        assertTrue(FinalScore.of(directory).near().weights().unknownMeaning() > 0);
        assertEquals(1.5, FinalScore.of(directory).temperature());
        assertTrue(Files.readString(directory.resolve("ranking.json")).contains("unjudged"));

        var parent = json.readTree("{\"temperature\": 2, \"threshold\": 0.4, \"weights\": {\"meaning\": 3}, \"n\": 1}");
        assertEquals(
                "{\"temperature\":1.5,\"threshold\":0.4,\"weights\":{\"meaning\":3},\"n\":1}",
                FinalScore.handedOn(parent, 1.5).toString());
        assertTrue(FinalScore.handedOn(null, 1.5).has("unjudged"));
    }

    @Test
    void withoutAnyMeaningWhatWasNotReadStaysBehindWhatMayFit() {
        var words = FinalScore.DEFAULTS.byWords();
        for (Evidence evidence : new Evidence[] {new Evidence(1, 0, 0), new Evidence(0.3, 0, 0.9, 0.9)}) {
            assertTrue(words.probability(0.0, evidence) > words.probability(null, evidence));
        }
        assertTrue(words.probability(null, new Evidence(1, 0, 0)) > words.threshold(), "shown, as unsure");
    }

    @Test
    void aModelThatBringsNothingGetsTheDefaults() {
        assertEquals(FinalScore.DEFAULTS, FinalScore.of(directory));
    }

    @Test
    void whatIsLeftOutKeepsItsDefault() throws IOException {
        write("{\"temperature\": 3, \"weights\": {\"memory\": 0, \"meaning\": 2, \"bias\": null}}");

        StageWeights words = FinalScore.DEFAULTS.byWords().weights();
        assertEquals(
                new FinalScore(
                        3,
                        FinalScore.DEFAULTS.byWords().threshold(),
                        new StageWeights(words.bias(), words.crossEncoder(), words.firstStage(), 2, 0, 0, 0, 0, 0)),
                FinalScore.of(directory));
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
    void whatCannotBeUsedIsRefusedNamingTheFileAndTheField(String json, String complaint) throws IOException {
        write(json);

        String message = assertThrows(UnusableModel.class, () -> FinalScore.of(directory))
                .getMessage();

        assertTrue(message.contains(complaint), message);
        assertTrue(message.contains(directory.resolve("ranking.json").toString()), message);
    }

    @Test
    void figuresThatAreNoNumbersAreRefusedWhereverTheyComeFrom() {
        var unfitted = new StageWeights(-1, Double.NaN, 0.5, 2);

        String message = assertThrows(IllegalArgumentException.class, () -> new FinalScore(1, 0.5, unfitted))
                .getMessage();

        assertEquals("weights.crossEncoder must be a number from -10,000 to 10,000, and is NaN", message);
    }

    @Test
    void ofTwoLogitsTheDifferenceCountsAndASingleOneIsItself() {
        assertEquals(2.5, FinalScore.logit(new float[] {-1, 1.5f}), 1e-6);
        assertEquals(0.75, FinalScore.logit(new float[] {0.75f}), 1e-6);
    }

    private void write(String json) throws IOException {
        Files.writeString(directory.resolve("ranking.json"), json);
    }
}
