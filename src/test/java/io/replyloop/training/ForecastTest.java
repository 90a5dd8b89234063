package io.replyloop.training;

import static io.replyloop.training.UpcomingStart.Prospect.START;
import static io.replyloop.training.UpcomingStart.Prospect.TOO_FEW_NEW;
import static io.replyloop.training.UpcomingStart.Prospect.TOO_LITTLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final ScheduleRule MIDNIGHT = ScheduleRule.of("0 0 * * *", "UTC");

    private static List<UpcomingStart> next(long fresh, boolean enough, Double perDay, QuietHours quiet) {
        return new Forecast(MIDNIGHT, Optional.ofNullable(quiet), fresh, 50, enough, Optional.ofNullable(perDay))
                .next(NOON, 5);
    }

    @Test
    void decisions_come_at_the_pace_of_the_last_days_and_a_start_uses_them_up() {
        List<UpcomingStart> starts = next(34, true, 20.0, null);

        assertThat(starts).extracting(UpcomingStart::newDecisions).containsExactly(44L, 64L, 20L, 40L, 60L);
        assertThat(starts)
                .extracting(UpcomingStart::prospect)
                .containsExactly(TOO_FEW_NEW, START, TOO_FEW_NEW, TOO_FEW_NEW, START);
        assertThat(starts.get(4).at()).isEqualTo(Instant.parse("2026-03-15T00:00:00Z"));
        assertThat(starts).noneMatch(UpcomingStart::withoutPace);
    }

    @Test
    void without_a_pace_the_count_of_now_stands_for_all() {
        assertThat(next(34, true, null, null))
                .hasSize(5)
                .allMatch(UpcomingStart::withoutPace)
                .allMatch(start -> start.newDecisions() == 34 && start.prospect() == TOO_FEW_NEW);
    }

    @Test
    void what_any_run_needs_and_is_missing_keeps_it_from_starting() {
        assertThat(next(60, false, 1.0, null)).allMatch(start -> start.prospect() == TOO_LITTLE);
    }

    @Test
    void a_start_in_quiet_hours_waits_until_they_end() {
        QuietHours quiet = QuietHours.of("22:00", "02:30", "UTC").orElseThrow();

        assertThat(next(60, true, null, quiet).get(0).waitsUntil()).isEqualTo(Instant.parse("2026-03-11T02:30:00Z"));
        assertThat(next(60, true, null, null).get(0).waitsUntil()).isNull();
        assertThat(next(4, true, null, quiet).get(0).waitsUntil()).isNull();
    }
}
