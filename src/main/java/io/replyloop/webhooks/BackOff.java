package io.replyloop.webhooks;

import java.time.Duration;
import java.util.List;

/** How long to wait after which failure, each a little different, so that not everything that failed at once comes back at once. */
record BackOff(List<Duration> pauses) {
    private static final double SPREAD = 0.2;

    BackOff {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty() || pauses.stream().anyMatch(pause -> pause.isNegative() || pause.isZero())) {
            throw new IllegalArgumentException("replyloop.webhooks.back-off needs at least one duration, all above 0");
        }
    }

    /**
     * @param failures in a row, this one among them
     * @param chance 0 to 1
     * @param asked what the receiver asks for; null for nothing
     */
    Duration after(int failures, double chance, Duration asked) {
        Duration pause = pauses.get(Math.min(Math.max(failures, 1), pauses.size()) - 1);
        Duration spread = Duration.ofMillis(Math.round(pause.toMillis() * (1 + SPREAD * (2 * chance - 1))));
        return asked != null && asked.compareTo(spread) > 0 ? asked : spread;
    }
}
