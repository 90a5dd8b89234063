package io.replyloop.platform;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Named threads that do not keep the JVM alive. */
public final class DaemonThreads {
    private static final long UNASKED_MILLIS = 500;
    private static final long INTERRUPTED_MILLIS = 4_000;

    private DaemonThreads() {}

    public static ThreadFactory named(String name) {
        return named(name, Thread.NORM_PRIORITY);
    }

    /**
     * For work that should yield to requests; priorities only have an effect if the JVM is configured to apply them.
     */
    public static ThreadFactory inTheBackground(String name) {
        return named(name, Thread.MIN_PRIORITY);
    }

    private static ThreadFactory named(String name, int priority) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setPriority(priority);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Ends what they do before the application takes away what they do it with: a task that is about to be done is let be, any
     * other is interrupted, and then waited for.
     */
    public static void end(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(UNASKED_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                threads.awaitTermination(INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    public static Thread start(String name, Runnable task) {
        Thread thread = named(name).newThread(task);
        thread.start();
        return thread;
    }
}
