package io.replyloop.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Values of other programs' files. */
final class Fields {
    /** Later ones are milliseconds since 1970, not seconds. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][ ]HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .optionalStart()
            .appendLiteral("UTC")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Fields() {}

    /** A text or a number; empty where there is neither. */
    static String text(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.path(name);
            if (value.isValueNode() && !value.isNull()) {
                return value.asText().strip();
            }
        }
        return "";
    }

    /** Each of these that there is. */
    static List<String> all(JsonNode object, String... names) {
        return Arrays.stream(names)
                .map(name -> text(object, name))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The first of these that is a time; null where none is. */
    static Instant time(JsonNode object, String... names) {
        for (String name : names) {
            Instant at = time(text(object, name));
            if (at != null) {
                return at;
            }
        }
        return null;
    }

    /** ISO 8601, or seconds or milliseconds since 1970; null for anything else, and for times that nobody chatted in. */
    static Instant time(String written) {
        String text = written.strip();
        if (text.isEmpty() || text.length() > 40) {
            return null;
        }
        try {
            Instant at = text.matches("\\d{9,13}(\\.\\d+)?") ? ofNumber(text) : ofDate(text);
            return at.isBefore(EARLIEST) || at.isAfter(LATEST) ? null : at;
        } catch (DateTimeException | ArithmeticException noTime) {
            return null;
        }
    }

    private static Instant ofNumber(String text) {
        int point = text.indexOf('.');
        long number = Long.parseLong(point < 0 ? text : text.substring(0, point));
        return number > LARGEST_SECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }

    private static Instant ofDate(String text) {
        TemporalAccessor parsed = DATE_AND_TIME.parseBest(
                text.replace('/', '-') + (text.length() == 10 ? " 00:00" : ""),
                OffsetDateTime::from,
                LocalDateTime::from);
        return parsed instanceof OffsetDateTime with
                ? with.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }
}
