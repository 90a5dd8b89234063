package io.replyloop.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** For work of which only so much may be done at once. Whoever gets no place in time is told to come back. */
public final class Places {
    private final Semaphore free;
    /** Each of them blocks a thread. */
    private final Semaphore queue;

    private final Duration patience;
    private final Supplier<Problem> refusal;

    /** @param refusal what whoever gets no place is told */
    public Places(int atOnce, Duration patience, String refusal) {
        this(atOnce, Integer.MAX_VALUE, patience, () -> Problem.rateLimited(refusal, patience));
    }

    private Places(int atOnce, int mostWaiting, Duration patience, Supplier<Problem> refusal) {
        this.free = new Semaphore(atOnce, true);
        this.queue = new Semaphore(mostWaiting);
        this.patience = patience;
        this.refusal = refusal;
    }

    /**
     * The same where whoever gets no place has not asked too often: others have.
     *
     * @param mostWaiting for a place; further ones are told to come back at once
     */
    public static Places orUnavailable(int atOnce, int mostWaiting, Duration patience, String refusal) {
        return new Places(atOnce, mostWaiting, patience, () -> Problem.unavailable(refusal, patience));
    }

    /** @throws Problem {@code rate-limited} or {@code unavailable}, before anything is done */
    public <T> T with(Supplier<T> work) {
        take();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private void take() {
        try {
            // Not without a time, which would pass by those who wait.
            if (free.tryAcquire(0, TimeUnit.MILLISECONDS)) {
                return;
            }
            if (!queue.tryAcquire()) {
                throw refusal.get();
            }
            try {
                if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw refusal.get();
                }
            } finally {
                queue.release();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.UNAVAILABLE, "The server is stopping. Try again in a moment.", interrupted);
        }
    }
}
