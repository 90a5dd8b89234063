package io.replyloop.training;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * When a schedule fires: five cron fields, read on the wall clock of a time zone. Where clocks go forward, a time that
 * the night leaves out fires as much later as was left out; where they go back, a time that comes twice fires once.
 */
final class ScheduleRule {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final int LONGEST = 200;

    private final ExecutionTime wallClock;
    private final ZoneId zone;

    private ScheduleRule(ExecutionTime wallClock, ZoneId zone) {
        this.wallClock = wallClock;
        this.zone = zone;
    }

    static ScheduleRule of(String cron, String timeZone) {
        ScheduleRule rule = new ScheduleRule(parse(cron), zone(timeZone));
        if (rule.next(Instant.now()).isEmpty()) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "cron",
                    FieldRule.MALFORMED,
                    Map.of("entry", cron.strip(), "why", "never"),
                    "The schedule '" + cron.strip() + "' never comes true; is there such a day in that month?");
        }
        return rule;
    }

    /** The first time after {@code after}; nothing when there is none. */
    Optional<Instant> next(Instant after) {
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        while (true) {
            // Asked in UTC, which has no gaps: cron-utils sees a plain wall clock, the zone's rules are applied here.
            Optional<ZonedDateTime> next = wallClock.nextExecution(local.atZone(ZoneOffset.UTC));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            local = next.get().toLocalDateTime();
            Instant instant = local.atZone(zone).toInstant();
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
        }
    }

    private static ExecutionTime parse(String cron) {
        if (cron == null || cron.isBlank() || cron.length() > LONGEST) {
            throw unreadable(help("It is empty or too long"));
        }
        String[] fields = cron.strip().split("\\s+");
        if (fields.length != 5) {
            throw unreadable(
                    help("'" + cron.strip() + "' has " + fields.length + " field" + (fields.length == 1 ? "" : "s")));
        }
        try {
            return ExecutionTime.forCron(PARSER.parse(cron.strip()).validate());
        } catch (IllegalArgumentException wrong) {
            throw unreadable(help(wrong.getMessage()));
        }
    }

    private static ZoneId zone(String timeZone) {
        try {
            return ZoneId.of(timeZone == null ? "" : timeZone.strip());
        } catch (DateTimeException unknown) {
            throw Problem.ofField(
                    "timeZone",
                    FieldRule.MALFORMED,
                    "There is no time zone '" + timeZone
                            + "'. Use a name such as Europe/Berlin, Asia/Shanghai or UTC.");
        }
    }

    private static String help(String wrong) {
        return "The schedule cannot be read: " + wrong
                + ". It has five fields, minute (0-59), hour (0-23), day of month"
                + " (1-31), month (1-12) and day of week (0-7, Sunday is 0 and 7), such as '0 3 * * *' for every night"
                + " at three.";
    }

    private static Problem unreadable(String message) {
        return Problem.ofField("cron", FieldRule.MALFORMED, message);
    }
}
