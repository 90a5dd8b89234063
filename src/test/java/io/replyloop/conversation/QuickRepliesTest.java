package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.platform.Problem;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuickRepliesTest {
    @Test
    void answers_are_kept_in_their_order_without_the_spaces_around_them() {
        assertThat(QuickReplies.checked(List.of(" Yes ", "Not yet", "还没有", "👋".repeat(60))))
                .containsExactly("Yes", "Not yet", "还没有", "👋".repeat(60));
    }

    static Stream<List<String>> tooMuch() {
        return Stream.of(
                List.of("1", "2", "3", "4", "5", "6"),
                List.of("Yes", " Yes"),
                List.of(" "),
                List.of("x".repeat(61)),
                List.of("two\nlines"),
                List.of("two\u2028lines"),
                Collections.nCopies(1_000, "Yes"));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void what_does_not_fit_on_buttons_is_refused(List<String> offered) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> QuickReplies.checked(offered))
                .withMessageContaining("at most 5");
    }
}
