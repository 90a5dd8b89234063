package io.replyloop.suggestion;

import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Works on conversations, each by one thread at a time. Asking again for one that waits adds nothing, since it will read
 * the newest state when its turn comes; asking again for one that is worked on cancels that and starts it anew.
 */
final class LatestOnly implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LatestOnly.class);

    interface Work {
        /**
         * @param askedAt {@link System#nanoTime} of the newest request
         * @param waitsFor told what is waited for, which is cancelled when a newer request comes
         */
        void compute(UUID conversation, long askedAt, Consumer<Future<?>> waitsFor);
    }

    private final class Task implements Runnable {
        private final UUID conversation;
        private long askedAt = System.nanoTime();
        private boolean running;
        private boolean again;
        private Future<?> waitsFor;

        Task(UUID conversation) {
            this.conversation = conversation;
        }

        synchronized void askAgain() {
            askedAt = System.nanoTime();
            if (running) {
                again = true;
                if (waitsFor != null) {
                    waitsFor.cancel(false);
                }
            }
        }

        private synchronized void waitFor(Future<?> future) {
            waitsFor = future;
            if (again || threads.isShutdown()) {
                future.cancel(false);
            }
        }

        synchronized void giveUp() {
            if (waitsFor != null) {
                waitsFor.cancel(false);
            }
        }

        private synchronized long begin() {
            running = true;
            again = false;
            waitsFor = null;
            return askedAt;
        }

        private synchronized boolean askedAgain() {
            return again;
        }

        @Override
        public void run() {
            do {
                long asked = begin();
                try {
                    work.compute(conversation, asked, this::waitFor);
                } catch (CancellationException superseded) {
                    LOG.debugf("Conversation %s moved on while its suggestions were computed", conversation);
                } catch (Problem problem) {
                    // It was erased meanwhile.
                    Level level = problem.code() == ProblemCode.NOT_FOUND ? Level.DEBUG : Level.ERROR;
                    LOG.logf(level, problem, "No suggestions for conversation %s", conversation);
                } catch (RuntimeException | Error failure) {
                    // At the end, what it works with is taken away; it is done again after the next start.
                    Level level = threads.isShutdown() ? Level.DEBUG : Level.ERROR;
                    LOG.logf(level, failure, "No suggestions for conversation %s", conversation);
                }
                // The check and the removal are one step for whoever asks again meanwhile.
            } while (tasks.computeIfPresent(conversation, (key, task) -> askedAgain() ? task : null) != null);
        }
    }

    private final Work work;
    private final Map<UUID, Task> tasks = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    LatestOnly(int threads, int waiting, Work work) {
        this.work = work;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "suggestion-" + number.incrementAndGet());
                    // Where the JVM is told to heed priorities, messages go before what is made of them.
                    thread.setPriority(Thread.MIN_PRIORITY);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** @return false when too many wait already, and this one was not taken */
    boolean ask(UUID conversation) {
        try {
            tasks.compute(conversation, (key, task) -> {
                if (task == null) {
                    Task added = new Task(conversation);
                    threads.execute(added);
                    return added;
                }
                task.askAgain();
                return task;
            });
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /** Nobody works on anything any more afterwards, unless that takes uncommonly long. */
    @Override
    public void close() {
        threads.getQueue().clear();
        threads.shutdown();
        tasks.values().forEach(Task::giveUp);
        DaemonThreads.end(threads);
    }
}
