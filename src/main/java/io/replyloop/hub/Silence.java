package io.replyloop.hub;

import io.replyloop.platform.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream that has received nothing for too long; the client's own time-out covers only the headers. */
final class Silence implements AutoCloseable {
    private final Thread watch;
    private volatile long heard = System.nanoTime();

    Silence(InputStream stream, Duration limit) {
        watch = DaemonThreads.start("hub-silence", () -> watch(stream, limit.toNanos()));
    }

    void heard() {
        heard = System.nanoTime();
    }

    private void watch(InputStream stream, long limit) {
        try {
            for (long left = limit; left > 0; left = heard + limit - System.nanoTime()) {
                Thread.sleep(left / 1_000_000 + 1);
            }
            stream.close();
        } catch (InterruptedException over) {
            // The stream was read to its end.
            Thread.currentThread().interrupt();
        } catch (IOException alreadyBroken) {
            System.getLogger(Silence.class.getName())
                    .log(System.Logger.Level.DEBUG, "a silent connection could not be closed", alreadyBroken);
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
