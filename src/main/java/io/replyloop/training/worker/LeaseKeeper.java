package io.replyloop.training.worker;

import io.replyloop.platform.DaemonThreads;
import io.replyloop.training.RunQueue;
import io.replyloop.training.RunQueue.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps the lease of a run on a thread of its own, and knows how it stands. */
final class LeaseKeeper implements AutoCloseable {
    private static final int CHECK_SECONDS = 1;
    private static final int HEARTBEAT_EVERY = 5;

    private final WorkerStore store;
    private final RunQueue.Claim claim;
    private final StandBack standBack;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("lease"));

    private volatile Lease lease = Lease.HELD;
    private volatile RuntimeException failure;
    private int checks;
    private boolean toldStanding;
    private Duration toldStoodBack = Duration.ZERO;

    LeaseKeeper(WorkerStore store, RunQueue.Claim claim, StandBack standBack) {
        this.store = store;
        this.claim = claim;
        this.standBack = standBack;
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
            boolean heartbeat = ++checks % HEARTBEAT_EVERY == 0 || standBack.isStanding() != toldStanding;
            Lease now = heartbeat ? beat() : store.lease(claim, Optional.empty());
            // A cancellation, or a loss, is never taken back.
            if (isWanted()) {
                lease = now;
            }
        } catch (RuntimeException broken) {
            failure = broken;
        }
    }

    /** Tells the whole of what it has stood back, before the run ends. */
    void tell() {
        beat();
    }

    private synchronized Lease beat() {
        Duration stoodBack = standBack.stoodBack();
        boolean standing = standBack.isStanding();
        double since = stoodBack.minus(toldStoodBack).toNanos() / 1e9;
        Lease now = store.lease(claim, Optional.of(new RunQueue.Beat(standing, since)));
        toldStoodBack = stoodBack;
        toldStanding = standing;
        return now;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
