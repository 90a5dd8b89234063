package io.replyloop.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps the client, the proxies between and our own idle timeout from giving up while an import is at work: now and then
 * a space goes out, with which JSON may begin. With the first of them the status is 200, whatever comes of the import;
 * the body says it, be it the report or a problem document.
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

    /** Does the work; afterwards the answer is the framework's again. */
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
            // Compressed, the spaces would be kept back until there is something to compress.
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
