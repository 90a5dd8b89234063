package io.replyloop.training;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;

/** What an admin wants of the schedule, checked field by field. */
final class ScheduleSettings {
    static final int MOST_DECISIONS = 1_000_000;

    /** A week. */
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private static final int MOST_CORES = 1_024;

    /** A run takes minutes to hours, and has to have some time left in a day. */
    private static final Duration LONGEST_QUIET = Duration.ofHours(22);

    private ScheduleSettings() {}

    /** @return what is not stored: a holder of the checked values */
    static TrainingSchedule checked(ScheduleView wanted) {
        if (wanted == null || wanted.enabled() == null || wanted.minimumDecisions() == null) {
            throw new Problem(ProblemCode.INVALID, "A schedule needs enabled, cron, timeZone and minimumDecisions.");
        }
        ScheduleRule.of(wanted.cron(), wanted.timeZone());
        if (!TimeZones.knows(wanted.timeZone().strip())) {
            throw Problem.ofField(
                    "timeZone",
                    FieldRule.MALFORMED,
                    "There is no time zone '" + wanted.timeZone()
                            + "'. Use a name such as Europe/Berlin, Asia/Shanghai or UTC, or one without summer time such"
                            + " as Etc/GMT-5, which is five hours ahead of UTC.");
        }
        TrainingSchedule checked = new TrainingSchedule();
        checked.enabled = wanted.enabled();
        checked.cron = wanted.cron().strip();
        checked.timeZone = wanted.timeZone().strip();
        checked.minimumDecisions = within("minimumDecisions", wanted.minimumDecisions(), MOST_DECISIONS);
        checked.maximumMinutes = within("maximumMinutes", wanted.maximumMinutes(), MOST_MINUTES);
        checked.cores = within("cores", wanted.cores(), MOST_CORES);
        quietHours(checked, blankToNull(wanted.quietFrom()), blankToNull(wanted.quietUntil()));
        return checked;
    }

    private static void quietHours(TrainingSchedule schedule, String from, String until) {
        if (from == null && until == null) {
            return;
        }
        LocalTime start = time("quietFrom", from);
        LocalTime end = time("quietUntil", until);
        Duration length = new QuietHours(start, end, ZoneId.of("UTC")).length();
        if (length.isZero() || length.compareTo(LONGEST_QUIET) > 0) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "quietUntil",
                    FieldRule.MALFORMED,
                    Map.of("entry", end.toString(), "why", "length"),
                    "Quiet hours end at another time than they begin, and are at most " + LONGEST_QUIET.toHours()
                            + " hours long; otherwise no run would ever come to its end.");
        }
        schedule.quietFrom = start.toString();
        schedule.quietUntil = end.toString();
    }

    private static LocalTime time(String field, String text) {
        if (text == null) {
            throw Problem.ofField(
                    field,
                    FieldRule.MISSING,
                    "Quiet hours need a start and an end, such as 08:00 and 18:30; leave out both for none.");
        }
        try {
            return LocalTime.parse(text).withSecond(0).withNano(0);
        } catch (DateTimeException unreadable) {
            throw Problem.ofField(field, FieldRule.MALFORMED, "'" + text + "' is no time such as 08:00 or 18:30.");
        }
    }

    private static Integer within(String field, Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    field,
                    value < 1 ? FieldRule.TOO_SMALL : FieldRule.TOO_GREAT,
                    Map.of("min", 1, "max", most),
                    field + " must lie between 1 and " + most + ".");
        }
        return value;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
