package io.replyloop.reports;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a report is about.
 *
 * @param from the first day
 * @param to the last day
 * @param zone whose days they are
 * @param language {@code zh} or {@code other}, by the letters of the question; null for all
 * @param category the first of the reply with which it was answered; null for all
 * @param agent who answered; null for all
 */
record ReportFilter(LocalDate from, LocalDate to, ZoneId zone, String language, String category, UUID agent) {
    /** Days that are shown one by one; of more, weeks are. */
    private static final int MOST_DAYS = 92;

    private static final int LONGEST = 1_100;
    private static final int USUAL = 30;
    private static final int LONGEST_CATEGORY = 200;
    private static final Set<String> LANGUAGES = Set.of("zh", "other");

    static ReportFilter of(
            String from, String to, String language, String category, UUID agent, ZoneId zone, Instant now) {
        LocalDate last = day("to", to, LocalDate.ofInstant(now, zone));
        LocalDate first = day("from", from, last.minusDays(USUAL - 1L));
        if (first.isAfter(last)) {
            throw Problem.ofField("from", FieldRule.TOO_GREAT, "from: lies after the last day; choose an earlier one");
        }
        if (ChronoUnit.DAYS.between(first, last) >= LONGEST) {
            throw Problem.ofField(
                    "from", FieldRule.TOO_SMALL, "from: a report covers at most " + LONGEST + " days; choose fewer");
        }
        if (language != null && !language.isEmpty() && !LANGUAGES.contains(language)) {
            throw Problem.ofField("language", FieldRule.MALFORMED, "language: is zh or other");
        }
        if (category != null && category.length() > LONGEST_CATEGORY) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "category",
                    FieldRule.TOO_LONG,
                    Map.of("max", LONGEST_CATEGORY),
                    "category: has at most " + LONGEST_CATEGORY + " characters");
        }
        return new ReportFilter(first, last, zone, emptyAsNull(language), emptyAsNull(category), agent);
    }

    private static LocalDate day(String field, String text, LocalDate otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException malformed) {
            throw notADay(field);
        }
        throw notADay(field);
    }

    private static Problem notADay(String field) {
        return Problem.ofField(field, FieldRule.MALFORMED, field + ": write a day such as 2026-11-29");
    }

    private static String emptyAsNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    String unit() {
        return days() <= MOST_DAYS ? "day" : "week";
    }

    Instant start() {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The first moment that does not count any more. */
    Instant end() {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** The same number of days before. */
    ReportFilter before() {
        return new ReportFilter(from.minusDays(days()), from.minusDays(1), zone, language, category, agent);
    }

    boolean isFiltered() {
        return language != null || category != null || agent != null;
    }

    /** The zone as PostgreSQL reads it, which takes the sign of an offset such as +05:00 the other way round. */
    String databaseZone() {
        if (ZoneId.getAvailableZoneIds().contains(zone.getId())) {
            return zone.getId();
        }
        int behind = -zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
        int seconds = Math.abs(behind);
        return String.format(
                Locale.ROOT,
                "UTC%s%02d:%02d:%02d",
                behind < 0 ? "-" : "+",
                seconds / 3_600,
                seconds / 60 % 60,
                seconds % 60);
    }
}
