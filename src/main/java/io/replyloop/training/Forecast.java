package io.replyloop.training;

import io.replyloop.training.UpcomingStart.Prospect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next planned starts, with what each would find if agents go on as they did: decisions come at the pace of the last
 * days, and a start that finds enough of them uses them up.
 *
 * @param fresh new decisions now
 * @param wanted how many the schedule waits for
 * @param enough whether all minimums are met now
 * @param perDay decisions per day; nothing where that cannot be told yet
 */
record Forecast(
        ScheduleRule rule,
        Optional<QuietHours> quiet,
        long fresh,
        long wanted,
        boolean enough,
        Optional<Double> perDay) {
    List<UpcomingStart> next(Instant now, int count) {
        List<UpcomingStart> starts = new ArrayList<>();
        Instant at = now;
        Instant countedFrom = now;
        long counted = fresh;
        boolean met = enough;
        for (int i = 0; i < count; i++) {
            Optional<Instant> next = rule.next(at);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            double days = Duration.between(countedFrom, at).toSeconds() / 86_400.0;
            long expected = counted + (long) Math.floor(days * perDay.orElse(0.0));
            Prospect prospect = expected < wanted ? Prospect.TOO_FEW_NEW : met ? Prospect.START : Prospect.TOO_LITTLE;
            starts.add(new UpcomingStart(at, waits(at, prospect), expected, perDay.isEmpty(), prospect));
            if (prospect == Prospect.START) {
                counted = 0;
                countedFrom = at;
            }
        }
        return starts;
    }

    /** When the quiet hours end, for a run that they keep waiting; null for none. */
    private Instant waits(Instant at, Prospect prospect) {
        return quiet.filter(hours -> prospect == Prospect.START && hours.holdAt(at))
                .map(hours -> hours.over(at))
                .orElse(null);
    }
}
