package io.replyloop.history;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.erasure.RetentionService;
import io.replyloop.history.HistoryStore.NotOurs;
import io.replyloop.history.HistoryStore.Work;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Works on imports, one at a time in the whole cluster: the lease is a row of the database. What a node has left when it
 * stopped or was killed, the next one goes on with: it reads the file again from its beginning, does not encode again what was
 * encoded, and adds no question twice.
 */
@ApplicationScoped
class HistoryWork {
    private static final Logger LOG = Logger.getLogger(HistoryWork.class);
    /** A file that ends the server ends the next one, too. */
    static final int MOST_ATTEMPTS = 3;

    /** Only the machine, or the file itself, can end a server while it reads. */
    static final int MOST_READINGS = 2;

    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(1);

    private static final String TOO_LITTLE_MEMORY =
            "The server had too little memory for this file. Split the file, or give" + " the server more.";

    private final UUID node = UUID.randomUUID();
    private final HistoryStore store;
    private final HistoryLeases leases;
    private final UploadedFiles files;
    private final Analysis analysis;
    private final Remembering remembering;
    private final RetentionService retention;
    private final HistoryConfig config;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.inTheBackground("history"));
    private final ScheduledExecutorService lease =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("history-lease"));
    private final long started = System.nanoTime();
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean failing;

    HistoryWork(
            HistoryStore store,
            HistoryLeases leases,
            UploadedFiles files,
            Analysis analysis,
            Remembering remembering,
            RetentionService retention,
            HistoryConfig config) {
        this.store = store;
        this.leases = leases;
        this.files = files;
        this.analysis = analysis;
        this.remembering = remembering;
        this.retention = retention;
        this.config = config;
    }

    @Scheduled(every = "${replyloop.history.look:5s}", delayed = "2s")
    void look() {
        wake();
    }

    /** Looks for work soon. */
    void wake() {
        if (asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::workOff);
            } catch (RejectedExecutionException stopping) {
                asked.set(false);
            }
        }
    }

    private void workOff() {
        asked.set(false);
        try {
            files.deleteLeftovers(leases::wanted);
            Optional<Work> work = next();
            while (work.isPresent() && !thread.isShutdown()) {
                run(work.get());
                work = next();
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing && !DatabaseAway.causedBy(failure)) {
                LOG.warn("Cannot look for imports of conversations; trying again", failure);
            }
            failing = true;
        }
    }

    Optional<Work> next() {
        return leases.claim(
                node,
                config.lease(),
                files.here(),
                System.nanoTime() - started >= config.settle().toNanos());
    }

    void run(Work work) {
        Thread worker = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        long every = watchedEvery(config.lease()).toMillis();
        Future<?> renewal = lease.scheduleWithFixedDelay(
                new RepeatedTask(() -> renew(work, worker, over)), every, every, TimeUnit.MILLISECONDS);
        try {
            boolean isReading = work.state() == HistoryState.READING;
            if (work.attempts() > (isReading ? MOST_READINGS : MOST_ATTEMPTS)) {
                end(
                        work,
                        "The server stopped " + (isReading ? "twice" : "three times")
                                + " while it worked on this file. See its log; it may need more memory, or smaller files.");
                return;
            }
            switch (work.state()) {
                case READING -> read(work);
                case ANALYSING -> analysis.run(work);
                case IMPORTING -> remembering.run(work);
                default -> throw new IllegalStateException("Nobody works on an import that is " + work.state());
            }
        } catch (NotOurs gone) {
            LOG.debugf("Import %s is cancelled, or another node works on it", work.id());
            standBackWhileStopping(work);
        } catch (Problem refused) {
            end(work, refused.getMessage());
        } catch (IOException | RuntimeException failure) {
            giveUp(work, failure);
        } catch (OutOfMemoryError failure) {
            LOG.errorf(failure, "There was too little memory for import %s of conversations", work.id());
            end(work, TOO_LITTLE_MEMORY);
        } catch (Error failure) {
            LOG.errorf(failure, "Import %s of conversations failed", work.id());
            end(work, "");
        } finally {
            synchronized (over) {
                over.set(true);
                renewal.cancel(false);
                // An interruption was meant for this work.
                Thread.interrupted();
            }
        }
    }

    /** The work is tried again where the machine or the database stopped it, and not where it would fail again. */
    private void giveUp(Work work, Exception failure) {
        if (DatabaseAway.causedBy(failure) || Thread.currentThread().isInterrupted() || thread.isShutdown()) {
            LOG.infof("Import %s goes on later: %s", work.id(), failure.getMessage());
            standBackWhileStopping(work);
            return;
        }
        LOG.errorf(failure, "Import %s of conversations failed", work.id());
        end(work, "");
    }

    private void standBackWhileStopping(Work work) {
        if (!thread.isShutdown()) {
            return;
        }
        // The interruption has done its work; the connection to the database would heed it, too.
        Thread.interrupted();
        try {
            leases.standBack(work);
        } catch (RuntimeException late) {
            LOG.debugf(late, "The lease of import %s ends by itself", work.id());
        }
    }

    private void end(Work work, String problem) {
        store.fail(work, problem);
        files.delete(work.id());
    }

    /** Often enough for the lease, and for whoever cancels and waits for the work to stop. */
    static Duration watchedEvery(Duration lease) {
        Duration third = lease.dividedBy(3);
        return third.compareTo(STOPPED_WITHIN) < 0 ? third.plusMillis(1) : STOPPED_WITHIN;
    }

    private void renew(Work work, Thread worker, AtomicBoolean over) {
        boolean isOurs;
        try {
            isOurs = leases.renew(work, config.lease());
        } catch (RuntimeException away) {
            LOG.debugf(away, "The lease of import %s is renewed later", work.id());
            return;
        }
        synchronized (over) {
            if (!isOurs && !over.get()) {
                worker.interrupt();
            }
        }
    }

    private void read(Work work) throws IOException {
        store.startReading(work);
        HistoryFile file = files.of(work.id());
        long[] read = new long[1];
        long size = file.size();
        Intake intake = new Intake(
                new Intake.Target() {
                    private long told = System.nanoTime();

                    @Override
                    public List<Boolean> add(List<HistoryStore.Conversation> conversations) {
                        return store.add(work, conversations);
                    }

                    @Override
                    public void progress() {
                        long now = System.nanoTime();
                        if (now - told > TimeUnit.MILLISECONDS.toNanos(500)) {
                            told = now;
                            store.progress(work, "reading", Math.min(read[0], size), size);
                            if (Thread.currentThread().isInterrupted()) {
                                throw new NotOurs();
                            }
                        }
                    }
                },
                work.salt(),
                config,
                retention.importedKeptSince().orElse(null));
        new FileReader(file, work.reading(), config).read(intake, read);
        intake.flush();
        HistoryReport report = intake.report();
        if (report.conversations() == 0) {
            store.advance(work, HistoryState.READY, report);
        } else {
            store.advance(work, HistoryState.ANALYSING, report);
        }
        files.delete(work.id());
    }

    void stop(@Observes ShutdownEvent event) {
        DaemonThreads.end(lease);
        DaemonThreads.end(thread);
    }
}
