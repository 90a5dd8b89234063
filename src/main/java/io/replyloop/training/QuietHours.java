package io.replyloop.training;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A part of each day in which no run works: none is begun, and one that is training saves its state and goes back to the
 * queue. Read on the wall clock of the schedule's time zone; it may lie across midnight.
 */
record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
    /** Nothing where none are set, and for what cannot be read, which nobody can have stored through the page. */
    static Optional<QuietHours> of(String from, String until, String zone) {
        if (from == null || until == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new QuietHours(LocalTime.parse(from), LocalTime.parse(until), ZoneId.of(zone)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    boolean holdAt(Instant time) {
        LocalTime clock = LocalTime.ofInstant(time, zone);
        boolean afterStart = !clock.isBefore(from);
        boolean beforeEnd = clock.isBefore(until);
        return from.isBefore(until) ? afterStart && beforeEnd : afterStart || beforeEnd;
    }

    /** When something may begin that is due at this time: then, or when the quiet hours end. */
    Instant over(Instant time) {
        if (!holdAt(time)) {
            return time;
        }
        ZonedDateTime clock = time.atZone(zone);
        ZonedDateTime end = clock.toLocalDate().atTime(until).atZone(zone);
        if (!end.toInstant().isAfter(time)) {
            end = clock.toLocalDate().plusDays(1).atTime(until).atZone(zone);
        }
        return end.toInstant();
    }

    /** How long they are on a day on which no clock is changed. */
    Duration length() {
        Duration length = Duration.between(from, until);
        return length.isNegative() ? length.plusDays(1) : length;
    }
}
