package io.replyloop.programs;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How many requests each token has left in the present minute, on this node. There are as many entries as tokens have been
 * used, of which there are few: what is no token never gets here.
 */
@ApplicationScoped
class ProgramLimits {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    /**
     * What a program is told of its limit.
     *
     * @param remaining requests in this window after the present one
     * @param resetSeconds until the next window begins
     */
    record Allowance(int limit, int remaining, long resetSeconds, boolean exceeded) {}

    private static final class Window {
        private long begun;
        private int used;
    }

    private final int limit;
    private final Map<UUID, Window> windows = new HashMap<>();

    ProgramLimits(ProgramsConfig config) {
        limit = config.perMinute();
    }

    /** @param now in nanoseconds of any clock that only goes forward */
    synchronized Allowance take(UUID token, long now) {
        Window window = windows.computeIfAbsent(token, absent -> {
            Window first = new Window();
            first.begun = now;
            return first;
        });
        if (now - window.begun >= WINDOW) {
            window.begun = now;
            window.used = 0;
        }
        boolean exceeded = window.used >= limit;
        if (!exceeded) {
            window.used++;
        }
        long left = WINDOW - (now - window.begun);
        long seconds = (left + 999_999_999L) / 1_000_000_000L;
        return new Allowance(limit, limit - window.used, seconds, exceeded);
    }
}
