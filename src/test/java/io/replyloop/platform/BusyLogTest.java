package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BusyLogTest {
    @Test
    void whoever_is_turned_away_within_a_minute_gets_the_reference_of_one_line() {
        BusyLog log = new BusyLog();
        String first = log.logged("busy", 0);
        assertThat(log.logged("busy", Duration.ofSeconds(59).toNanos())).isEqualTo(first);
        assertThat(log.logged("busy", Duration.ofSeconds(60).toNanos())).isNotEqualTo(first);
    }
}
