package io.replyloop.training.worker;

import io.replyloop.platform.DaemonThreads;
import io.replyloop.training.RunQueue;
import io.replyloop.training.RunQueue.Lease;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps the lease of a run on a thread of its own, and knows how it stands. */
final class LeaseKeeper implements AutoCloseable {
    private static final int CHECK_SECONDS = 1;
    private static final int HEARTBEAT_EVERY = 5;

    private final WorkerStore store;
    private final RunQueue.Claim claim;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("lease"));

    private volatile Lease lease = Lease.HELD;
    private volatile RuntimeException failure;
    private int checks;

    LeaseKeeper(WorkerStore store, RunQueue.Claim claim) {
        this.store = store;
        this.claim = claim;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /** Why it is not known how the lease stands; null while it is. */
    RuntimeException failure() {
        return failure;
    }

    boolean isLost() {
        return lease == Lease.LOST;
    }

    /** The quiet hours have begun. */
    boolean isQuiet() {
        return lease == Lease.QUIET;
    }

    /** Whether the run is still this worker's, and nobody has cancelled it. */
    boolean isWanted() {
        return (lease == Lease.HELD || lease == Lease.QUIET) && failure == null;
    }

    private void look() {
        try {
            boolean heartbeat = ++checks % HEARTBEAT_EVERY == 0;
            Lease now = store.lease(claim, heartbeat);
            // A cancellation, or a loss, is never taken back.
            if (isWanted()) {
                lease = now;
            }
        } catch (RuntimeException broken) {
            failure = broken;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
