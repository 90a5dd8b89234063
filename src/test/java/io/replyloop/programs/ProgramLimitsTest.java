package io.replyloop.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgramLimitsTest {
    private static final UUID TOKEN = UUID.randomUUID();

    private final ProgramLimits limits = new ProgramLimits(new ProgramsConfig() {
        @Override
        public int tokenDays() {
            return 1;
        }

        @Override
        public int perMinute() {
            return 2;
        }

        @Override
        public int most() {
            return 1;
        }
    });

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void a_token_is_told_what_it_has_left_and_when_there_is_more() {
        assertThat(limits.take(TOKEN, at(0))).isEqualTo(new ProgramLimits.Allowance(2, 1, 60, false));
        assertThat(limits.take(TOKEN, at(10))).isEqualTo(new ProgramLimits.Allowance(2, 0, 50, false));
        assertThat(limits.take(TOKEN, at(59))).isEqualTo(new ProgramLimits.Allowance(2, 0, 1, true));
        assertThat(limits.take(TOKEN, at(60))).isEqualTo(new ProgramLimits.Allowance(2, 1, 60, false));
    }

    @Test
    void another_token_has_a_limit_of_its_own() {
        limits.take(TOKEN, at(0));
        limits.take(TOKEN, at(0));
        assertThat(limits.take(UUID.randomUUID(), at(1)).exceeded()).isFalse();
    }
}
