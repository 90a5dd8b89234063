package io.replyloop.platform;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A task that is repeated whatever happens. A schedule ends for good, and silently, with the first throwable that leaves its
 * task; and not only exceptions do: PostgreSQL's driver throws an {@link AssertionError} when its connection breaks during a
 * batch.
 */
public record RepeatedTask(Runnable task) implements Runnable {
    /** @param pause before the first time, and between the end of one and the beginning of the next */
    public static void every(Duration pause, ScheduledExecutorService thread, Runnable task) {
        long millis = pause.toMillis();
        thread.scheduleWithFixedDelay(new RepeatedTask(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable failure) {
            ProblemMappers.logged(failure);
        }
    }
}
