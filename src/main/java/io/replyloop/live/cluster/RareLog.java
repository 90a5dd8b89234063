package io.replyloop.live.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Says something at most so often. */
final class RareLog {
    private final long pause;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    RareLog(Duration pause) {
        this.pause = pause.toNanos();
    }

    /** @param now nanoseconds since some moment */
    void say(long now, Runnable line) {
        long allowed = next.get();
        boolean isTime = allowed == Long.MIN_VALUE || now - allowed >= 0;
        if (isTime && next.compareAndSet(allowed, now + pause)) {
            line.run();
        }
    }
}
