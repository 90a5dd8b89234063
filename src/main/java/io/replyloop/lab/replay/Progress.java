package io.replyloop.lab.replay;

import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/** Says on the error stream how far it is; standard output carries the result alone. */
final class Progress implements AutoCloseable {
    private static final long EVERY_MILLIS = 5_000;

    private final int total;
    private final ReplayStatistics tally;
    private final long startedAt = System.nanoTime();
    private final Timer timer = new Timer("progress", true);
    private int said = -1;

    Progress(int total, ReplayStatistics tally) {
        this.total = total;
        this.tally = tally;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        tell();
                    }
                },
                EVERY_MILLIS,
                EVERY_MILLIS);
    }

    private void tell() {
        int done = tally.dialogues.get();
        int messages = tally.acknowledged.get();
        if (messages == said || done >= total) {
            return;
        }
        said = messages;
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        String left = done == 0 ? "" : ", about " + spoken(seconds / done * (total - done)) + " left";
        say(String.format(Locale.ROOT, "%d of %d dialogues, %d messages acknowledged%s", done, total, messages, left));
    }

    void say(String line) {
        System.err.println(line);
    }

    static String spoken(double seconds) {
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
