package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {
    @Test
    void a_task_is_repeated_after_whatever_leaves_it() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger runs = new AtomicInteger();
        try {
            Runnable task = () -> {
                int run = runs.incrementAndGet();
                if (run == 1) {
                    throw new AssertionError("the driver's");
                }
                throw new IllegalStateException("ours");
            };
            timer.scheduleWithFixedDelay(new RepeatedTask(task), 0, 1, TimeUnit.MILLISECONDS);

            await().until(() -> runs.get() > 2);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void what_the_driver_asserts_when_a_connection_breaks_means_that_the_database_is_away() {
        AssertionError ofDriver = new AssertionError("getAutoCommit() should not throw");
        ofDriver.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(
                    "org.postgresql.jdbc.BatchResultHandler", "isAutoCommit", "BatchResultHandler.java", 115)
        });

        assertThat(DatabaseAway.causedBy(ofDriver)).isTrue();
        assertThat(DatabaseAway.causedBy(new AssertionError("ours"))).isFalse();
    }
}
