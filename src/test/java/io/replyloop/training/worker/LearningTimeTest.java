package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningTimeTest {
    private long now;

    @Test
    void what_earlier_attempts_have_spent_counts() {
        LearningTime time = new LearningTime(Optional.of(Duration.ofMinutes(10)), Duration.ofMinutes(7), () -> now);

        now = Duration.ofSeconds(179).toNanos();
        assertThat(time.isOver()).isFalse();
        now = Duration.ofSeconds(180).toNanos();
        assertThat(time.isOver()).isTrue();
        assertThat(time.over().getMessage())
                .contains("10 minutes", "Raise the longest time of a run", "maximumMinutes");
    }

    @Test
    void without_a_limit_it_is_never_over() {
        LearningTime time = new LearningTime(Optional.empty(), Duration.ofDays(9), () -> now);

        now = Long.MAX_VALUE / 2;
        assertThat(time.isOver()).isFalse();
    }
}
