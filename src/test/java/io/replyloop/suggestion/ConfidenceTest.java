package io.replyloop.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.replyloop.ranking.FinalScore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {
    @ParameterizedTest
    @CsvSource({"1.0, HIGH", "0.75, HIGH", "0.7499, MEDIUM", "0.5, MEDIUM", "0.4999, LOW", "0.0, LOW"})
    void aProbabilityInAWord(double probability, Confidence word) {
        assertEquals(word, Confidence.of(probability, true, new FinalScore.Confidence(0.75, 0.5)));
    }

    @ParameterizedTest
    @CsvSource({"1.0, MEDIUM", "0.75, MEDIUM", "0.5, MEDIUM", "0.4999, LOW"})
    void whatTheModelHasNotReadIsNeverSure(double probability, Confidence word) {
        assertEquals(word, Confidence.of(probability, false, new FinalScore.Confidence(0.75, 0.5)));
    }
}
