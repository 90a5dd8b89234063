package io.replyloop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
    static final WebhooksConfig DEFAULTS = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(WebhooksConfig.class)
            .build()
            .getConfigMapping(WebhooksConfig.class);

    private final BackOff usual = new BackOff(DEFAULTS.backOff());

    @Test
    void tries_go_on_for_a_day_whatever_chance_does() {
        Random random = new Random(17);
        for (int event = 0; event < 1_000; event++) {
            Duration since = Duration.ZERO;
            int tries = 1;
            // As the queue does: the failure after a day is the last.
            while (since.compareTo(DEFAULTS.triedFor()) <= 0) {
                since = since.plus(usual.after(tries, random.nextDouble(), null));
                tries++;
            }
            assertThat(tries).isBetween(10, 13);
            assertThat(since).isLessThan(Duration.ofHours(34));
        }
    }

    @Test
    void a_pause_is_never_off_by_more_than_a_fifth_and_the_last_one_holds_for_all_further() {
        for (int failures = 1; failures < 100; failures++) {
            Duration middle = DEFAULTS.backOff().get(Math.min(failures, 9) - 1);
            assertThat(usual.after(failures, 0, null).toMillis()).isEqualTo(middle.toMillis() * 8 / 10);
            assertThat(usual.after(failures, 0.5, null)).isEqualTo(middle);
            assertThat(usual.after(failures, 1, null).toMillis()).isEqualTo(middle.toMillis() * 12 / 10);
        }
    }

    @Test
    void a_receiver_that_asks_for_more_time_gets_it_and_never_less_than_usual() {
        assertThat(usual.after(1, 0.5, Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(usual.after(3, 0.5, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void pauses_of_nothing_are_refused() {
        assertThatThrownBy(() -> new BackOff(List.of())).hasMessageContaining("back-off");
        assertThatThrownBy(() -> new BackOff(List.of(Duration.ZERO))).hasMessageContaining("back-off");
    }
}
