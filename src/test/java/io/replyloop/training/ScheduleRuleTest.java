package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleRuleTest {
    @Test
    void three_in_the_morning_is_read_on_the_clock_of_the_time_zone() {
        assertThat(times("0 3 * * *", "Europe/Berlin", "2026-06-30T12:00:00Z", 2))
                .isEqualTo(List.of("2026-07-01T01:00:00Z", "2026-07-02T01:00:00Z"));
        assertThat(times("0 3 * * *", "Asia/Shanghai", "2026-06-30T12:00:00Z", 1))
                .isEqualTo(List.of("2026-06-30T19:00:00Z"));
        assertThat(times("0 3 * * *", "UTC", "2026-06-30T12:00:00Z", 1)).isEqualTo(List.of("2026-07-01T03:00:00Z"));
    }

    @Test
    void a_time_that_the_night_leaves_out_fires_an_hour_later_and_no_day_is_skipped() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .isEqualTo(List.of("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"));
    }

    @Test
    void a_time_that_comes_twice_fires_once() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z", 3))
                .isEqualTo(List.of("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"));
    }

    @Test
    void asked_within_the_repeated_hour_it_waits_for_the_next_time_on_the_clock() {
        // 00:45Z is 02:45 summer time; 01:10Z is 02:10 again, now winter time.
        assertThat(times("*/15 * * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 2))
                .isEqualTo(List.of("2026-10-25T02:00:00Z", "2026-10-25T02:15:00Z"));
    }

    @Test
    void a_time_zone_with_half_an_hour_of_summer_time_is_kept_too() {
        assertThat(times("0 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", 2))
                .isEqualTo(List.of("2026-10-03T15:30:00Z", "2026-10-04T15:00:00Z"));
    }

    @Test
    void working_days_ranges_and_lists_are_understood() {
        assertThat(times("0 22 * * 1,3,5", "UTC", "2026-11-21T00:00:00Z", 4))
                .isEqualTo(List.of(
                        "2026-11-23T22:00:00Z",
                        "2026-11-25T22:00:00Z",
                        "2026-11-27T22:00:00Z",
                        "2026-11-30T22:00:00Z"));
    }

    @Test
    void where_day_and_weekday_are_both_named_either_is_enough() {
        assertThat(times("0 0 13 * 5", "UTC", "2026-06-10T12:00:00Z", 3))
                .isEqualTo(List.of("2026-06-12T00:00:00Z", "2026-06-13T00:00:00Z", "2026-06-19T00:00:00Z"));
    }

    @Test
    void the_next_time_is_always_later() {
        Instant exactly = Instant.parse("2026-07-01T03:00:00Z");
        assertThat(ScheduleRule.of("0 3 * * *", "UTC").next(exactly).orElseThrow())
                .isEqualTo(Instant.parse("2026-07-02T03:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0 3 * *", "0 0 3 * * ?", "60 3 * * *", "0 24 * * *", "a b c d e", "0 3 * * 8", "*/0 * * * *"
            })
    void a_schedule_that_cannot_be_read_is_refused_with_an_example(String cron) {
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ScheduleRule.of(cron, "UTC"))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID);
        assertThat(problem.getMessage().contains("'0 3 * * *'"))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0 3 30 2 *, UTC, never comes true", "0 3 * * *, Mars/Olympus, Europe/Berlin"})
    void a_day_that_never_comes_and_an_unknown_time_zone_are_refused(String cron, String zone, String says) {
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ScheduleRule.of(cron, zone))
                .actual();

        assertThat(problem.getMessage().contains(says))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    private static List<String> times(String cron, String zone, String from, int count) {
        ScheduleRule rule = ScheduleRule.of(cron, zone);
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            at = rule.next(at).orElseThrow();
            times.add(at.toString());
        }
        return times;
    }
}
