package io.replyloop.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptForAWhileTest {
    private long now;
    private int counted;
    private final KeptForAWhile<String, Integer> kept = new KeptForAWhile<>(2, () -> now);

    @Test
    void what_takes_long_is_counted_again_after_twenty_times_as_long() {
        assertThat(after(Duration.ZERO, "a", Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(after(Duration.ofSeconds(19), "a", Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(after(Duration.ofSeconds(1), "a", Duration.ofSeconds(1))).isEqualTo(2);
    }

    @Test
    void nothing_is_kept_for_longer_than_a_minute() {
        after(Duration.ZERO, "a", Duration.ofSeconds(10));
        assertThat(after(Duration.ofSeconds(59), "a", Duration.ZERO)).isEqualTo(1);
        assertThat(after(Duration.ofSeconds(1), "a", Duration.ZERO)).isEqualTo(2);
    }

    @Test
    void what_takes_no_time_is_always_new() {
        after(Duration.ZERO, "a", Duration.ZERO);
        assertThat(after(Duration.ZERO, "a", Duration.ZERO)).isEqualTo(2);
    }

    @Test
    void the_one_that_was_counted_longest_ago_makes_room() {
        after(Duration.ZERO, "a", Duration.ofSeconds(1));
        after(Duration.ZERO, "b", Duration.ofSeconds(1));
        after(Duration.ZERO, "c", Duration.ofSeconds(1));

        assertThat(after(Duration.ZERO, "b", Duration.ofSeconds(1))).isEqualTo(2);
        assertThat(after(Duration.ZERO, "a", Duration.ofSeconds(1))).isEqualTo(4);
    }

    private int after(Duration passed, String key, Duration takes) {
        now += passed.toNanos();
        return kept.get(key, () -> {
            now += takes.toNanos();
            return ++counted;
        });
    }
}
