package io.replyloop.platform;

/**
 * A task that is repeated whatever happens. A schedule ends for good, and silently, with the first throwable that leaves its
 * task; and not only exceptions do: PostgreSQL's driver throws an {@link AssertionError} when its connection breaks during a
 * batch.
 */
public record RepeatedTask(Runnable task) implements Runnable {
    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable failure) {
            ProblemMappers.logged(failure);
        }
    }
}
