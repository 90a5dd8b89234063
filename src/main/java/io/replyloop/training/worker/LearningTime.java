package io.replyloop.training.worker;

import io.replyloop.training.RunQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long a run may still learn: what earlier attempts have spent counts, waiting in the queue or for customers does not.
 */
final class LearningTime {
    /** The limit is reached before the run has been through the examples once. */
    static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Over(long minutes) {
            super("The run has reached the longest time of " + minutes + " minute" + (minutes == 1 ? "" : "s")
                    + " before it was through the examples once, so there is no state worth keeping. Raise the longest"
                    + " time of a run in the schedule's settings (maximumMinutes), give it more cores there, or leave"
                    + " the limit out.");
        }
    }

    private final Optional<Duration> limit;
    private final Duration before;
    private final LongSupplier nanoTime;
    private final long begun;

    LearningTime(RunQueue.Claim claim, StandBack standBack) {
        this(
                claim.limits().time(),
                Duration.ofMillis((long) (claim.spentSeconds() * 1000)),
                () -> System.nanoTime() - standBack.stoodBack().toNanos());
    }

    LearningTime(Optional<Duration> limit, Duration before, LongSupplier nanoTime) {
        this.limit = limit;
        this.before = before;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    boolean isOver() {
        Duration spent = before.plusNanos(nanoTime.getAsLong() - begun);
        return limit.filter(most -> spent.compareTo(most) >= 0).isPresent();
    }

    long limitMinutes() {
        return limit.map(Duration::toMinutes).orElse(0L);
    }

    Over over() {
        return new Over(limitMinutes());
    }
}
