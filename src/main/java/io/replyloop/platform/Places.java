package io.replyloop.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** For work of which only so much may be done at once. Whoever gets no place in time is told to come back. */
public final class Places {
    private final Semaphore free;
    private final Duration patience;
    private final String refusal;

    /** @param refusal what whoever gets no place is told */
    public Places(int atOnce, Duration patience, String refusal) {
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
        this.refusal = refusal;
    }

    /** @throws Problem {@code rate-limited}, before anything is done */
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
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.rateLimited(refusal, patience);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.UNAVAILABLE, "The server is stopping. Try again in a moment.", interrupted);
        }
    }
}
