package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    @ParameterizedTest
    @CsvSource({
        "08:00, 18:30, 07:59, false, 07:59",
        "08:00, 18:30, 08:00, true, 18:30",
        "08:00, 18:30, 18:29, true, 18:30",
        "08:00, 18:30, 18:30, false, 18:30",
        "22:00, 06:00, 23:00, true, 06:00",
        "22:00, 06:00, 05:59, true, 06:00",
        "22:00, 06:00, 12:00, false, 12:00"
    })
    void they_begin_with_their_first_minute_and_may_lie_across_midnight(
            String from, String until, String clock, boolean hold, String over) {
        QuietHours hours = QuietHours.of(from, until, "UTC").orElseThrow();
        Instant time = Instant.parse("2026-03-10T" + clock + ":00Z");

        assertThat(hours.holdAt(time)).isEqualTo(hold);
        assertThat(hours.over(time).toString()).endsWith("T" + over + ":00Z");
        assertThat(Duration.between(time, hours.over(time))).isBetween(Duration.ZERO, Duration.ofHours(12));
    }

    @Test
    void they_are_read_on_the_wall_clock_also_when_that_is_changed() {
        QuietHours hours = QuietHours.of("22:00", "08:00", "Europe/Berlin").orElseThrow();

        assertThat(hours.over(Instant.parse("2026-03-28T22:00:00Z"))).isEqualTo(Instant.parse("2026-03-29T06:00:00Z"));
        assertThat(hours.over(Instant.parse("2026-03-27T22:00:00Z"))).isEqualTo(Instant.parse("2026-03-28T07:00:00Z"));
    }

    @Test
    void without_a_start_and_an_end_there_are_none() {
        assertThat(QuietHours.of(null, null, "UTC")).isEmpty();
        assertThat(QuietHours.of("08:00", null, "UTC")).isEmpty();
        assertThat(QuietHours.of("eight", "18:00", "UTC")).isEmpty();
    }
}
