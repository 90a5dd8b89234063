package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpeedTest {
    private final Speed speed = new Speed();

    @Test
    void nothing_is_too_much_for_a_device_that_is_not_known() {
        assertThat(speed.tokensPerSecond()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void a_slow_first_pass_is_forgotten_at_once() {
        speed.measured(10, 1_000_000_000);
        speed.measured(1_000, 1_000_000_000);

        assertThat(speed.tokensPerSecond()).isCloseTo(1_000, within(1e-6));
    }

    @Test
    void one_slow_batch_changes_little_and_many_change_it() {
        speed.measured(1_000, 1_000_000_000);
        speed.measured(500, 1_000_000_000);
        assertThat(speed.tokensPerSecond() > 900).isTrue();

        for (int i = 0; i < 100; i++) {
            speed.measured(500, 1_000_000_000);
        }
        assertThat(speed.tokensPerSecond()).isCloseTo(500.0, within(5.0));
    }
}
