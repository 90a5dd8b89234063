package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.ranking.FinalScore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {
    @ParameterizedTest
    @CsvSource({"1.0, HIGH", "0.75, HIGH", "0.7499, MEDIUM", "0.5, MEDIUM", "0.4999, LOW", "0.0, LOW"})
    void a_probability_in_a_word(double probability, Confidence word) {
        assertThat(Confidence.of(probability, true, new FinalScore.Confidence(0.75, 0.5)))
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"1.0, MEDIUM", "0.75, MEDIUM", "0.5, MEDIUM", "0.4999, LOW"})
    void what_the_model_has_not_read_is_never_sure(double probability, Confidence word) {
        assertThat(Confidence.of(probability, false, new FinalScore.Confidence(0.75, 0.5)))
                .isEqualTo(word);
    }
}
