package io.replyloop.site;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * When a team is there. A span belongs to the day on which it begins, also after midnight: what is said of a holiday
 * replaces the spans that begin on it, and the night before ends as on any day. Where clocks are set forward, a time that
 * does not exist is the moment at which they are; where they are set back, a span lasts from the first of two equal times to
 * the last.
 *
 * @param weekly by the day on which they begin
 * @param holidays by date, instead of the weekly spans of that day; none where it is closed
 */
record OpeningHours(ZoneId zone, Map<DayOfWeek, List<Span>> weekly, Map<LocalDate, List<Span>> holidays) {
    /** Longer than any pause of a team that comes back: whoever writes meanwhile is told no day. */
    static final int LOOKS_AHEAD_DAYS = 400;

    /** From a time of a day until the next time of that name: 22:00 to 02:00 ends on the day after, 00:00 to 00:00 lasts a day. */
    record Span(LocalTime from, LocalTime to) {}

    private record Open(Instant from, Instant to) {
        boolean contains(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    boolean isOpen(Instant moment) {
        return around(moment, 0).anyMatch(open -> open.contains(moment));
    }

    /** The next moment at which they are there, if they are not now; empty where that is not in sight. */
    Optional<Instant> opensAfter(Instant moment) {
        return around(moment, LOOKS_AHEAD_DAYS)
                .map(Open::from)
                .filter(from -> from.isAfter(moment))
                .findFirst();
    }

    /** When they leave, if they are there now: the end of the spans that follow one another without a gap. */
    Optional<Instant> closesAfter(Instant moment) {
        Instant end = null;
        for (Open open : (Iterable<Open>) around(moment, LOOKS_AHEAD_DAYS)::iterator) {
            if (open.from().isAfter(end == null ? moment : end)) {
                break;
            }
            if (end == null ? open.contains(moment) : open.to().isAfter(end)) {
                end = open.to();
            }
        }
        return Optional.ofNullable(end);
    }

    /** In order: of the day before, which may last until now, and of as many days after. */
    private Stream<Open> around(Instant moment, int days) {
        LocalDate today = LocalDate.ofInstant(moment, zone);
        return LongStream.rangeClosed(-1, days + 1L)
                .boxed()
                .flatMap(offset -> on(today.plusDays(offset)))
                // What lies wholly in times that a zone has left out never comes.
                .filter(open -> open.to().isAfter(open.from()));
    }

    private Stream<Open> on(LocalDate day) {
        List<Span> spans = holidays.getOrDefault(day, weekly.getOrDefault(day.getDayOfWeek(), List.of()));
        return spans.stream().sorted(Comparator.comparing(Span::from)).map(span -> {
            LocalDate last = span.to().isAfter(span.from()) ? day : day.plusDays(1);
            return new Open(moment(day.atTime(span.from()), true), moment(last.atTime(span.to()), false));
        });
    }

    private Instant moment(LocalDateTime time, boolean first) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change == null) {
            return time.atZone(zone).toInstant();
        }
        if (change.isGap()) {
            return change.getInstant();
        }
        return time.toInstant(first ? change.getOffsetBefore() : change.getOffsetAfter());
    }
}
