package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.Problem;
import io.replyloop.site.OpeningHours.Span;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When the team of a site is there, as an admin writes it. */
@Schema(name = "OpeningHours")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HoursSettings(
        @Schema(
                description = "Whether the hours below count; until then, the site is always open",
                examples = "true",
                required = true)
        boolean limited,

        @Schema(description = "Time zone of the hours", examples = "Europe/Berlin", required = true)
        @NotBlank(message = "choose a time zone")
        @Size(max = 64, message = "has at most 64 characters")
        String timeZone,

        @Schema(description = "Spans of the week, each on the day on which it begins", required = true)
        @Size(max = 70, message = "has at most 70 entries")
        List<@NotNull(message = "holds no nulls") @Valid DaySpan> weekly,

        @Schema(description = "Days that are different", required = true)
        @Size(max = 200, message = "has at most 200 entries")
        List<@NotNull(message = "holds no nulls") @Valid Holiday> holidays,

        @Schema(description = "What customers read while nobody is there, in English; a text of ours when empty")
        @Size(max = 500, message = "has at most 500 characters")
        @PlainText
        String offlineEn,

        @Schema(description = "The same in Chinese") @Size(max = 500, message = "has at most 500 characters") @PlainText
        String offlineZh) {
    /** In one day; more is a mistake. */
    private static final int MOST_A_DAY = 10;

    static final HoursSettings ALWAYS = new HoursSettings(false, "UTC", List.of(), List.of(), "", "");

    @Schema(name = "OpeningSpan")
    public record DaySpan(
            @Schema(description = "The day on which it begins", examples = "monday", required = true)
            @NotNull(message = "is monday to sunday")
            String day,

            @Schema(description = "Its first minute", examples = "09:00", required = true) @NotNull(message = TIME)
            String from,

            @Schema(
                    description = "Its end; on the next day where it is not after the beginning",
                    examples = "17:30",
                    required = true)
            @NotNull(message = TIME)
            String to) {
        /** The page knows its days by their names in small letters. */
        public DaySpan {
            day = day == null ? null : day.toLowerCase(Locale.ROOT);
        }
    }

    @Schema(name = "OpeningHoliday")
    public record Holiday(
            @Schema(description = "The day", examples = "2026-12-25", required = true) @NotNull(message = DATE)
            String date,

            @Schema(description = "What it is called, for the team", examples = "Christmas", required = true)
            @NotNull(message = "give the day a name, or an empty one")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "Its hours; none where it is closed", required = true)
            @NotNull(message = "is a list")
            @Size(max = MOST_A_DAY, message = "has at most 10 entries")
            List<@NotNull(message = "holds no nulls") @Valid HolidaySpan> spans) {}

    @Schema(name = "OpeningHolidaySpan")
    public record HolidaySpan(
            @Schema(description = "Its first minute", examples = "10:00", required = true) @NotNull(message = TIME)
            String from,

            @Schema(
                    description = "Its end; on the next day where it is not after the beginning",
                    examples = "14:00",
                    required = true)
            @NotNull(message = TIME)
            String to) {}

    private static final String TIME = "is a time such as 09:00";
    private static final String DATE = "is a day such as 2026-12-25";

    public HoursSettings {
        weekly = weekly == null ? List.of() : Collections.unmodifiableList(weekly);
        holidays = holidays == null ? List.of() : Collections.unmodifiableList(holidays);
        offlineEn = offlineEn == null ? "" : offlineEn.strip();
        offlineZh = offlineZh == null ? "" : offlineZh.strip();
    }

    /**
     * Reads times and days.
     *
     * @throws Problem with the field that says nothing
     */
    OpeningHours hours() {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        Map<DayOfWeek, List<DaySpan>> byDay = weekly.stream().collect(Collectors.groupingBy(HoursSettings::dayOfWeek));
        byDay.forEach((day, spans) -> week.put(
                day,
                disjoint(
                        "weekly",
                        spans.stream()
                                .map(span -> span("weekly", span.from(), span.to()))
                                .toList())));
        Map<LocalDate, List<Span>> days = new HashMap<>();
        for (Holiday holiday : holidays) {
            List<Span> spans = holiday.spans().stream()
                    .map(span -> span("holidays", span.from(), span.to()))
                    .toList();
            if (days.put(date(holiday.date()), disjoint("holidays", spans)) != null) {
                throw wrong("holidays", holiday.date() + " is there twice; join the two");
            }
        }
        return new OpeningHours(zone(), Map.copyOf(week), Map.copyOf(days));
    }

    /** In the order in which people read them, without what cannot be read any more. */
    HoursSettings sorted() {
        return new HoursSettings(
                limited,
                timeZone.strip(),
                weekly.stream()
                        .sorted((one, other) -> dayOfWeek(one) != dayOfWeek(other)
                                ? dayOfWeek(one).compareTo(dayOfWeek(other))
                                : one.from().compareTo(other.from()))
                        .toList(),
                holidays.stream()
                        .sorted((one, other) -> one.date().compareTo(other.date()))
                        .toList(),
                offlineEn,
                offlineZh);
    }

    /** For the audit log: each day in a word. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("limited", limited);
        fields.put("timeZone", timeZone);
        fields.put(
                "weekly",
                weekly.stream()
                        .map(span -> span.day() + " " + span.from() + "–" + span.to())
                        .toList());
        fields.put(
                "holidays",
                holidays.stream()
                        .map(day -> (day.date() + " " + day.name() + " "
                                        + day.spans().stream()
                                                .map(span -> span.from() + "–" + span.to())
                                                .collect(Collectors.joining(", ")))
                                .strip())
                        .toList());
        fields.put("offlineEn", offlineEn);
        fields.put("offlineZh", offlineZh);
        return fields;
    }

    private ZoneId zone() {
        String name = timeZone.strip();
        // A zone, not an offset, which would be wrong for half of the year.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw wrong("timeZone", "choose a time zone such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }

    private static DayOfWeek dayOfWeek(DaySpan span) {
        try {
            return DayOfWeek.valueOf(span.day().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw wrong("weekly", "a day is monday, tuesday, wednesday, thursday, friday, saturday or sunday");
        }
    }

    private static LocalDate date(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException malformed) {
            throw wrong("holidays", "a holiday " + DATE);
        }
        throw wrong("holidays", "a holiday " + DATE);
    }

    private static Span span(String field, String from, String to) {
        return new Span(time(field, from), time(field, to));
    }

    private static LocalTime time(String field, String text) {
        try {
            if (text.length() == "09:00".length()) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException malformed) {
            throw wrong(field, "\"" + text + "\" is no time such as 09:00");
        }
        throw wrong(field, "a time is written as 09:00");
    }

    /** Spans of a day that overlap are a mistake of the pen, and the page could not show them. */
    private static List<Span> disjoint(String field, List<Span> spans) {
        if (spans.size() > MOST_A_DAY) {
            throw wrong(field, "a day has at most " + MOST_A_DAY + " spans");
        }
        List<Span> sorted = spans.stream()
                .sorted((one, other) -> one.from().compareTo(other.from()))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            Span before = sorted.get(i - 1);
            boolean overMidnight = !before.to().isAfter(before.from());
            if (overMidnight || before.to().isAfter(sorted.get(i).from())) {
                throw wrong(field, "two spans of a day overlap; join them");
            }
        }
        return sorted;
    }

    private static Problem wrong(String field, String message) {
        return Problem.ofField(field, FieldRule.MALFORMED, field + ": " + message);
    }
}
