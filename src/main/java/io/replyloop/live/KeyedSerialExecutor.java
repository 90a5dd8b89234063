package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks with the same key one after another, so that all connections of a customer together use at most one pooled
 * database connection. A key has a queue only while it has tasks.
 */
@Singleton
final class KeyedSerialExecutor {
    private final Executor executor;

    // Guarded by itself. The head of each queue is the task that is running.
    private final Map<Object, Queue<Runnable>> queues = new HashMap<>();

    KeyedSerialExecutor(@VirtualThreads Executor executor) {
        this.executor = executor;
    }

    void execute(Object key, Runnable task) {
        synchronized (queues) {
            Queue<Runnable> queue = queues.computeIfAbsent(key, id -> new ArrayDeque<>(2));
            queue.add(task);
            if (queue.size() > 1) {
                return;
            }
        }
        executor.execute(() -> run(key, task));
    }

    private void run(Object key, Runnable task) {
        try {
            task.run();
        } finally {
            Runnable next = next(key);
            if (next != null) {
                executor.execute(() -> run(key, next));
            }
        }
    }

    private Runnable next(Object key) {
        synchronized (queues) {
            Queue<Runnable> queue = queues.get(key);
            queue.remove();
            if (queue.isEmpty()) {
                queues.remove(key);
            }
            return queue.peek();
        }
    }
}
