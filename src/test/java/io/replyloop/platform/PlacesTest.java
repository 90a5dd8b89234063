package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlacesTest {
    private final Places one = new Places(1, Duration.ofMillis(20), "Come back later.");

    @Test
    void whoever_gets_no_place_in_time_is_told_to_come_back_and_does_nothing() {
        assertThat(one.with(() -> {
                    assertThatExceptionOfType(Problem.class)
                            .isThrownBy(() -> one.with(() -> {
                                throw new AssertionError("there was a place");
                            }))
                            .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.RATE_LIMITED))
                            .withMessage("Come back later.");
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void whoever_has_not_asked_too_often_is_told_that_the_server_is_busy_and_for_how_long() {
        Places busy = Places.orUnavailable(1, 1, Duration.ofMillis(20), "Ask again.");
        busy.with(() -> {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> busy.with(() -> "a place"))
                    .satisfies(refused -> {
                        assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE);
                        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(20));
                    });
            return "done";
        });
    }

    @Test
    @Timeout(30)
    void nobody_waits_beyond_the_end_of_the_queue() {
        Places full = Places.orUnavailable(1, 0, Duration.ofMinutes(1), "Ask again.");
        full.with(() -> {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> full.with(() -> "a place"))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.UNAVAILABLE));
            return "done";
        });
        assertThat(full.with(() -> 7)).isEqualTo(7);
    }

    @Test
    void a_place_is_free_again_also_after_what_failed() {
        assertThatThrownBy(() -> one.with(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(one.with(() -> 7)).isEqualTo(7);
    }
}
