package io.replyloop.training.worker;

import com.sun.management.OperatingSystemMXBean;
import io.replyloop.bert.training.TrainingListener.Batch;
import io.replyloop.training.WaitingSignal;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Pauses the run's thread between two batches while customers wait. A low priority alone is not enough: it decides who gets
 * a core, but not who gets the memory's bandwidth, the caches and, where two cores are threads of one, the units that
 * compute.
 *
 * <p>So that a run comes to its end under any load, it never falls below an eighth of its usual speed: a batch may begin
 * when eight times as long as one takes undisturbed has passed since the last one began.
 */
final class StandBack {
    /** Of the undisturbed speed. */
    static final double LEAST_SHARE = 1.0 / 8;

    private static final long LOOK_MILLIS = 20;

    /**
     * How much the newest batch counts for the usual time. That falls fast and rises slowly, because the first batches of a
     * process take several times as long as the others.
     */
    private static final double FALL = 0.3;

    private static final double RISE = 0.05;

    /** What is said about the time left looks so far back. */
    private static final double HORIZON_NANOS = TimeUnit.SECONDS.toNanos(30);

    interface Time {
        /** In nanoseconds. */
        long now();

        /** Of all threads of this process, in nanoseconds. */
        long processor();

        void sleep(long millis) throws InterruptedException;
    }

    private final WaitingSignal signal;
    private final int threads;
    private final Time time;

    private volatile boolean standing;
    private final AtomicLong stoodBack = new AtomicLong();
    private double worked;
    private double waited;

    StandBack(WaitingSignal signal, int threads) {
        this(signal, threads, new MachineTime());
    }

    StandBack(WaitingSignal signal, int threads, Time time) {
        this.signal = signal;
        this.threads = threads;
        this.time = time;
    }

    /** For batches of which those of a kind are of about the same size. Used by the run's thread alone. */
    Pace pace() {
        return new Pace();
    }

    /** Whether it stands back now, also during the few batches that it makes all the same. */
    boolean isStanding() {
        return standing;
    }

    Duration stoodBack() {
        return Duration.ofNanos(stoodBack.get());
    }

    /** How many times as long as its work something takes, as of late. */
    double slowdown() {
        return worked == 0 ? 1 : (worked + waited) / worked;
    }

    private void account(double work, double wait) {
        double kept = Math.exp(-(work + wait) / HORIZON_NANOS);
        worked = worked * kept + work;
        waited = waited * kept + wait;
    }

    /** What a batch of a kind takes while nobody waits, and how many have told. */
    private static final class Usual {
        private double nanos;
        private int seen;

        void learn(long work) {
            double weight = seen == 0 ? 1 : work < nanos ? FALL : RISE;
            nanos += weight * (work - nanos);
            seen++;
        }
    }

    final class Pace {
        private final Map<Batch, Usual> usual = new EnumMap<>(Batch.class);

        /** Of which kind the batch is that has begun; null before the first. */
        private Batch running;

        private long begun;
        private long processorBefore;
        private boolean waitedFor;

        private Pace() {
            for (Batch kind : Batch.values()) {
                usual.put(kind, new Usual());
            }
        }

        /**
         * Called before each batch; returns at once while nobody waits.
         *
         * @param wanted asked meanwhile; a run that is not wanted any more waits no longer
         */
        void next(Batch kind, BooleanSupplier wanted) {
            standing = signal.customersWait();
            if (running != null) {
                long work = time.now() - begun;
                if (standing) {
                    stand(wanted, work, running == kind);
                } else if (!waitedFor && running == kind) {
                    usual.get(kind).learn(work);
                }
                account(work, time.now() - begun - work);
            }
            // What comes before the first batch, such as loading the network, is none.
            running = kind;
            begun = time.now();
            processorBefore = time.processor();
            waitedFor = standing;
        }

        private void stand(BooleanSupplier wanted, long work, boolean onlyABatch) {
            long from = begun + work;
            long due = begun + (long) (undisturbed(work, onlyABatch) / LEAST_SHARE);
            long now = from;
            while (now < due && standing && wanted.getAsBoolean()) {
                sleep(Math.min(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(due - now) + 1));
                now = time.now();
                standing = signal.customersWait();
            }
            stoodBack.addAndGet(now - from);
            signal.stoodBack(Duration.ofNanos(now - from));
        }

        /**
         * Where nothing is known yet: the processor's time, which beside other work is too long by a half at most. Between
         * batches of two kinds, a state is written and figures are computed, of which that time would tell.
         */
        private double undisturbed(long work, boolean onlyABatch) {
            Usual known = usual.get(running);
            if (known.seen > 0) {
                return known.nanos;
            }
            double busy = (double) (time.processor() - processorBefore) / threads;
            return onlyABatch ? Math.min(work, busy) : 0;
        }
    }

    private void sleep(long millis) {
        try {
            time.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while customers were waiting");
        }
    }

    private static final class MachineTime implements Time {
        private static final OperatingSystemMXBean PROCESSOR =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public long processor() {
            return PROCESSOR.getProcessCpuTime();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
    }
}
