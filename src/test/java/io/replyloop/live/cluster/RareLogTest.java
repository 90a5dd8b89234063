package io.replyloop.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RareLogTest {
    @Test
    void something_is_said_at_once_and_then_only_after_the_pause() {
        RareLog log = new RareLog(Duration.ofNanos(10));
        List<Long> said = new ArrayList<>();
        for (long now : new long[] {-5, 0, 4, 5, 6, 14, 15, 40}) {
            log.say(now, () -> said.add(now));
        }
        assertThat(said).containsExactly(-5L, 5L, 15L, 40L);
    }
}
