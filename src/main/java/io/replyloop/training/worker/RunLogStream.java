package io.replyloop.training.worker;

import io.replyloop.privacy.PersonalData;
import io.replyloop.training.RunQueue;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a worker prints about a run goes on to its log file, and line by line into the database, where the run's page reads
 * it: without personal data, and without the frames of stack traces, which the file has. A line that cannot be stored is
 * given up: no run fails because of its log.
 */
final class RunLogStream extends OutputStream {
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream file;
    private final WorkerStore store;
    private final RunQueue.Claim claim;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long silentUntil = Long.MIN_VALUE;

    private RunLogStream(PrintStream file, WorkerStore store, RunQueue.Claim claim) {
        this.file = file;
        this.store = store;
        this.claim = claim;
    }

    static PrintStream of(PrintStream file, WorkerStore store, RunQueue.Claim claim) {
        return new PrintStream(new RunLogStream(file, store, claim), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int unit) {
        if (unit == '\n') {
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            line.reset();
            file.println(text);
            keep(text);
        } else {
            line.write(unit);
        }
    }

    private void keep(String text) {
        boolean frame = text.startsWith("\tat ") || text.startsWith("\t...");
        if (text.isBlank() || frame || System.nanoTime() < silentUntil) {
            return;
        }
        try {
            store.log(claim, List.of(PersonalData.masked(text)));
        } catch (RuntimeException away) {
            silentUntil = System.nanoTime() + PAUSE_AFTER_FAILURE;
            file.println("This line is not on the run's page: " + away.getMessage());
        }
    }
}
