package io.replyloop.live;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Lets what a customer's connections want of the database happen one after the other, so that however many there are,
 * they take one pooled connection. A line exists exactly as long as somebody stands in it.
 */
final class KeyedSerialExecutor {
    private final Executor executor;

    // Guarded by itself. The first of each line is the task that runs.
    private final Map<UUID, Queue<Runnable>> lines = new HashMap<>();

    KeyedSerialExecutor(Executor executor) {
        this.executor = executor;
    }

    void execute(UUID customer, Runnable task) {
        synchronized (lines) {
            Queue<Runnable> line = lines.computeIfAbsent(customer, id -> new ArrayDeque<>(2));
            line.add(task);
            if (line.size() > 1) {
                return;
            }
        }
        executor.execute(() -> run(customer, task));
    }

    private void run(UUID customer, Runnable task) {
        try {
            task.run();
        } finally {
            Runnable next = next(customer);
            if (next != null) {
                executor.execute(() -> run(customer, next));
            }
        }
    }

    private Runnable next(UUID customer) {
        synchronized (lines) {
            Queue<Runnable> line = lines.get(customer);
            line.remove();
            if (line.isEmpty()) {
                lines.remove(customer);
            }
            return line.peek();
        }
    }
}
