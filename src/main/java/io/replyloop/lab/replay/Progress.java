package io.replyloop.lab.replay;

import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/** Prints progress to standard error; standard output is for the result. */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 5_000;

    private final int total;
    private final ReplayStatistics statistics;
    private final long startedAt = System.nanoTime();
    private final Timer timer = new Timer("progress", true);
    private int printed = -1;

    Progress(int total, ReplayStatistics statistics) {
        this.total = total;
        this.statistics = statistics;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        report();
                    }
                },
                INTERVAL_MILLIS,
                INTERVAL_MILLIS);
    }

    private void report() {
        int done = statistics.dialogues.get();
        int messages = statistics.acknowledged.get();
        if (messages == printed || done >= total) {
            return;
        }
        printed = messages;
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        String left = done == 0 ? "" : ", about " + formatted(seconds / done * (total - done)) + " left";
        print(String.format(
                Locale.ROOT, "%d of %d dialogues, %d messages acknowledged%s", done, total, messages, left));
    }

    void print(String line) {
        System.err.println(line);
    }

    static String formatted(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toMinutes() == 0
                ? time.toSeconds() + " s"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
