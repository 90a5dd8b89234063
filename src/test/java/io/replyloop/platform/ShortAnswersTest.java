package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShortAnswersTest {
    @Test
    void answers_are_kept_in_their_order_without_the_spaces_around_them() {
        assertThat(ShortAnswers.checked(List.of(" Yes ", "Not yet", "还没有", "👋".repeat(60))))
                .containsExactly("Yes", "Not yet", "还没有", "👋".repeat(60));
    }

    @Test
    void an_answer_may_be_a_single_sign_also_one_that_is_put_together() {
        assertThat(ShortAnswers.checked(List.of("👨‍👩‍👧", "❤️", "?", "نعم\u200c")))
                .hasSize(4);
    }

    static Stream<List<String>> tooMuch() {
        return Stream.of(
                List.of("1", "2", "3", "4", "5", "6"),
                List.of("Yes", " Yes"),
                List.of(" "),
                List.of("\u200b"),
                List.of("\u2060\ufe0f \u3164"),
                List.of("\u202e\u2066"),
                List.of("Not\u202epaid yet"),
                List.of("Yes\u2067"),
                List.of("Yes", "Yes\u200b"),
                List.of("x".repeat(61)),
                List.of("two\nlines"),
                List.of("two\u2028lines"),
                Collections.nCopies(1_000, "Yes"));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void what_does_not_fit_on_buttons_is_refused(List<String> offered) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ShortAnswers.checked(offered))
                .withMessageContaining("at most 5");
    }
}
