package io.replyloop.lab.evaluation;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reports progress and the remaining time every few seconds. */
final class Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<String> log;
    private final long questions;
    private final long started = System.nanoTime();
    private long reported = started;
    private long done;

    Progress(long questions, Consumer<String> log) {
        this.questions = questions;
        this.log = log;
    }

    void asked(String what) {
        done++;
        tell(() -> {
            double perQuestion = (System.nanoTime() - started) / (double) done;
            Duration left = Duration.ofNanos((long) (perQuestion * Math.max(0, questions - done)));
            return String.format(
                    "%,d of %,d questions asked, about %d:%02d min left; now: %s",
                    done, Math.max(done, questions), left.toMinutes(), left.toSecondsPart(), what);
        });
    }

    /** Logs a line unless the previous one is too recent. */
    void tell(Supplier<String> line) {
        long now = System.nanoTime();
        if (now - reported >= EVERY_NANOS) {
            reported = now;
            log.accept(line.get());
        }
    }

    void say(String line) {
        log.accept(line);
    }
}
