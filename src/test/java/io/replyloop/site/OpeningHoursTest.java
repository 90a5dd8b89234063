package io.replyloop.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.site.OpeningHours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration STEP = Duration.ofMinutes(15);

    private static Span span(String from, String to) {
        return new Span(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static OpeningHours officeDays() {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() <= 5) {
                week.put(day, List.of(span("09:00", "12:00"), span("13:00", "17:00")));
            }
        }
        return new OpeningHours(BERLIN, week, Map.of());
    }

    private static OpeningHours on(DayOfWeek day, Span... spans) {
        return new OpeningHours(BERLIN, Map.of(day, List.of(spans)), Map.of());
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T08:59:59, false, 2026-11-30T09:00",
        "2026-11-30T09:00, true, 2026-11-30T13:00",
        "2026-11-30T12:00, false, 2026-11-30T13:00",
        "2026-11-30T17:00, false, 2026-12-01T09:00",
        "2026-12-04T18:00, false, 2026-12-07T09:00"
    })
    void office_days_open_and_close_to_the_minute(String local, boolean open, String next) {
        assertThat(officeDays().isOpen(berlin(local))).isEqualTo(open);
        assertThat(officeDays().opensAfter(berlin(local))).contains(berlin(next));
    }

    @Test
    void a_span_over_midnight_belongs_to_the_day_on_which_it_begins() {
        OpeningHours bar = on(DayOfWeek.FRIDAY, span("22:00", "02:00"));

        assertThat(bar.isOpen(berlin("2026-12-04T23:59"))).isTrue();
        assertThat(bar.isOpen(berlin("2026-12-05T01:59"))).isTrue();
        assertThat(bar.isOpen(berlin("2026-12-05T02:00"))).isFalse();
        assertThat(bar.isOpen(berlin("2026-12-04T01:00")))
                .as("the night before")
                .isFalse();
        assertThat(bar.closesAfter(berlin("2026-12-04T23:00"))).contains(berlin("2026-12-05T02:00"));
    }

    @Test
    void from_midnight_to_midnight_is_a_whole_day_and_days_that_follow_each_other_have_no_gap() {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        week.put(DayOfWeek.SATURDAY, List.of(span("00:00", "00:00")));
        week.put(DayOfWeek.SUNDAY, List.of(span("00:00", "06:00")));
        OpeningHours hours = new OpeningHours(BERLIN, week, Map.of());

        assertThat(hours.isOpen(berlin("2026-12-05T00:00"))).isTrue();
        assertThat(hours.isOpen(berlin("2026-12-06T00:00"))).isTrue();
        assertThat(hours.closesAfter(berlin("2026-12-05T10:00"))).contains(berlin("2026-12-06T06:00"));
    }

    @Test
    void a_holiday_replaces_what_begins_on_it_and_the_night_before_goes_on() {
        Map<LocalDate, List<Span>> days = Map.of(
                LocalDate.parse("2026-12-25"), List.of(),
                LocalDate.parse("2026-12-26"), List.of(span("10:00", "11:00")));
        OpeningHours hours = new OpeningHours(
                BERLIN,
                Map.of(
                        DayOfWeek.THURSDAY, List.of(span("20:00", "01:00")),
                        DayOfWeek.FRIDAY, List.of(span("09:00", "17:00"))),
                days);

        assertThat(hours.isOpen(berlin("2026-12-25T00:30"))).isTrue();
        assertThat(hours.isOpen(berlin("2026-12-25T10:00"))).isFalse();
        assertThat(hours.opensAfter(berlin("2026-12-25T01:00"))).contains(berlin("2026-12-26T10:00"));
        assertThat(hours.isOpen(berlin("2026-12-26T10:30"))).as("a Saturday").isTrue();
    }

    @Test
    void where_clocks_are_set_forward_a_missing_time_is_the_moment_of_the_change() {
        // On 29 March 2026, 02:00 is followed by 03:00.
        OpeningHours begins = on(DayOfWeek.SUNDAY, span("02:30", "05:00"));
        OpeningHours ends = on(DayOfWeek.SUNDAY, span("01:00", "02:30"));
        Instant change = Instant.parse("2026-03-29T01:00:00Z");

        assertThat(begins.isOpen(change)).isTrue();
        assertThat(begins.isOpen(change.minusMillis(1))).isFalse();
        assertThat(ends.isOpen(change.minusMillis(1))).isTrue();
        assertThat(ends.isOpen(change)).isFalse();
    }

    @Test
    void where_clocks_are_set_back_a_span_lasts_from_the_first_of_two_equal_times_to_the_last() {
        // On 25 October 2026, 03:00 is followed by 02:00.
        OpeningHours hours = on(DayOfWeek.SUNDAY, span("02:15", "02:45"));

        assertThat(hours.opensAfter(Instant.parse("2026-10-24T22:00:00Z")))
                .contains(Instant.parse("2026-10-25T00:15:00Z"));
        assertThat(hours.closesAfter(Instant.parse("2026-10-25T00:20:00Z")))
                .contains(Instant.parse("2026-10-25T01:45:00Z"));
    }

    @Test
    void who_never_comes_back_is_promised_no_day() {
        OpeningHours never = new OpeningHours(BERLIN, Map.of(), Map.of());

        assertThat(never.isOpen(Instant.now())).isFalse();
        assertThat(never.opensAfter(Instant.now())).isEmpty();
        assertThat(never.closesAfter(Instant.now())).isEmpty();
    }

    /** Zones with changes of an hour, of half an hour, at midnight, and a day that was left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "America/Sao_Paulo",
                "Asia/Beirut",
                "Pacific/Apia",
                "Asia/Kathmandu",
                "UTC"
            })
    void in_every_zone_the_wall_clock_decides_and_the_next_opening_is_the_first(String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        Random random = new Random(zoneName.hashCode());
        for (int world = 0; world < 12; world++) {
            OpeningHours hours = hours(random, zone);
            Instant start = start(random, zone);
            Instant closed = null;
            boolean before = hours.isOpen(start);
            for (Instant now = start; now.isBefore(start.plus(Duration.ofDays(2))); now = now.plus(STEP)) {
                boolean open = hours.isOpen(now);
                LocalDateTime local = LocalDateTime.ofInstant(now, zone);
                if (inWords(hours, local)) {
                    assertThat(open).as("%s at %s in %s", hours, local, zone).isTrue();
                } else if (!isNearChange(zone, now)) {
                    assertThat(open).as("%s at %s in %s", hours, local, zone).isFalse();
                }
                if (open && closed != null) {
                    assertThat(hours.opensAfter(closed))
                            .as("%s in %s", hours, zone)
                            .contains(now);
                }
                if (before && !open) {
                    assertThat(hours.closesAfter(now.minus(STEP))).contains(now);
                }
                if (open) {
                    closed = null;
                    Optional<Instant> end = hours.closesAfter(now);
                    assertThat(end).isPresent();
                    assertThat(end.get()).isAfter(now);
                } else {
                    closed = closed == null ? now : closed;
                    assertThat(hours.closesAfter(now)).isEmpty();
                }
                before = open;
            }
        }
    }

    /** What somebody would say who looks at the clock on the wall and at the sign on the door. */
    private static boolean inWords(OpeningHours hours, LocalDateTime local) {
        return spansOf(hours, local.toLocalDate()).stream()
                        .anyMatch(span -> !local.toLocalTime().isBefore(span.from())
                                && (isOverMidnight(span) || local.toLocalTime().isBefore(span.to())))
                || spansOf(hours, local.toLocalDate().minusDays(1)).stream()
                        .anyMatch(span ->
                                isOverMidnight(span) && local.toLocalTime().isBefore(span.to()));
    }

    private static boolean isOverMidnight(Span span) {
        return !span.to().isAfter(span.from());
    }

    private static List<Span> spansOf(OpeningHours hours, LocalDate day) {
        return hours.holidays().getOrDefault(day, hours.weekly().getOrDefault(day.getDayOfWeek(), List.of()));
    }

    private static boolean isNearChange(ZoneId zone, Instant now) {
        return !zone.getRules()
                .getOffset(now.minus(Duration.ofHours(26)))
                .equals(zone.getRules().getOffset(now.plus(Duration.ofHours(26))));
    }

    private static OpeningHours hours(Random random, ZoneId zone) {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, spans(random));
        }
        Map<LocalDate, List<Span>> holidays = new HashMap<>();
        LocalDate first = LocalDate.of(2011, 1, 1);
        for (int i = 0; i < 200; i++) {
            holidays.put(first.plusDays(random.nextInt(365)), spans(random));
        }
        return new OpeningHours(zone, week, holidays);
    }

    /** One after the other, on quarters of an hour; the last may end on the next day. */
    private static List<Span> spans(Random random) {
        List<Span> spans = new ArrayList<>();
        int quarter = random.nextInt(40);
        while (quarter < 90 && random.nextInt(4) > 0) {
            int from = quarter;
            int to = from + 1 + random.nextInt(30);
            spans.add(new Span(time(from), time(to)));
            quarter = to + 1 + random.nextInt(20);
        }
        return spans;
    }

    private static LocalTime time(int quarter) {
        return LocalTime.MIDNIGHT.plusMinutes(15L * quarter);
    }

    /** Half of them on the eve of a change of the clocks. */
    private static Instant start(Random random, ZoneId zone) {
        Instant day = LocalDate.of(2011, 1, 1)
                .plusDays(random.nextInt(360))
                .atStartOfDay(zone)
                .toInstant();
        if (random.nextBoolean()) {
            return day;
        }
        return Optional.ofNullable(zone.getRules().nextTransition(day))
                .map(change -> change.getInstant().minus(Duration.ofHours(30)))
                .orElse(day);
    }
}
