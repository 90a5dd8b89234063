package io.replyloop.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps the client, proxies and our own idle timeout from giving up during a long import, by sending spaces, which may
 * precede JSON. The first of them fixes the status to 200, whatever the result of the import; the body contains the
 * report or a problem document.
 */
final class SignsOfLife {
    private final Vertx vertx;
    private final HttpServerResponse answer;
    private final long timer;

    // Guarded by this.
    private boolean over;

    private SignsOfLife(Vertx vertx, HttpServerResponse answer, Duration every) {
        this.vertx = vertx;
        this.answer = answer;
        timer = vertx.setPeriodic(every.toMillis(), now -> send());
    }

    /** Performs the work; afterwards the framework can write the response. */
    static <T> T during(Supplier<T> work, Vertx vertx, HttpServerResponse answer, Duration every) {
        SignsOfLife signs = new SignsOfLife(vertx, answer, every);
        try {
            return work.get();
        } finally {
            signs.end();
        }
    }

    private synchronized void send() {
        if (over || answer.closed() || answer.ended() || answer.writeQueueFull()) {
            return;
        }
        if (!answer.headWritten()) {
            // Compression would buffer the spaces.
            answer.setChunked(true)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Content-Encoding", "identity");
        }
        answer.write(" ");
    }

    private synchronized void end() {
        over = true;
        vertx.cancelTimer(timer);
    }
}
