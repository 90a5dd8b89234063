package io.replyloop.edge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** A body that is being read. Everything except {@link #giveUp} runs on the event loop of its request. */
abstract class IncomingBody implements BodiesUnderWay.Body {
    /**
     * What all bodies of a request need.
     *
     * @param longest in bytes
     */
    record Reading(
            Vertx vertx,
            BodiesUnderWay underWay,
            HttpServerRequest request,
            long longest,
            String address,
            UniEmitter<? super Response> done) {}

    final Reading reading;
    private final Context loop;
    private long received;
    private long timer;
    private boolean over;

    IncomingBody(Reading reading) {
        this.reading = reading;
        loop = reading.vertx().getOrCreateContext();
    }

    @Override
    public final String address() {
        return reading.address();
    }

    final HttpServerRequest request() {
        return reading.request();
    }

    final boolean isOver() {
        return over;
    }

    final void start(Duration within, ContainerRequestContext context) {
        timer = reading.vertx()
                .setTimer(
                        within.toMillis(),
                        late -> fail(new Problem(
                                ProblemCode.TOO_SLOW,
                                "The body did not come within " + within.toSeconds() + " s. Send it again.")));
        request()
                .exceptionHandler(gone -> fail(new Problem(
                        ProblemCode.MALFORMED_REQUEST, "The body broke off before its end. Send it again.", gone)));
        request().endHandler(ended -> {
            if (!over) {
                whole(context);
            }
        });
        request().handler(this::take);
        begin();
        if ("100-continue".equalsIgnoreCase(request().getHeader("Expect"))) {
            request().response().writeContinue();
        }
    }

    /** Lets the body come. An earlier handler, such as the session's, may have paused the request. */
    abstract void begin();

    /** A part within the limit. */
    abstract void add(Buffer part);

    /** Everything has come. */
    abstract void whole(ContainerRequestContext context);

    /** Nothing more is expected, whether it was completed or failed. */
    void ended() {}

    private void take(Buffer part) {
        if (over) {
            return;
        }
        if (received + part.length() > reading.longest()) {
            fail(BodyReader.tooLarge(reading.longest()));
            return;
        }
        received += part.length();
        add(part);
        reading.underWay().grown(this, part.length());
    }

    @Override
    public final void giveUp() {
        loop.runOnContext(now -> fail(
                new Problem(ProblemCode.UNAVAILABLE, "Too much is on its way to this server. Try again in a moment.")));
    }

    final void fail(Problem problem) {
        if (!over && !request().response().headWritten()) {
            // The rest is not read, so it could not be told from another request.
            RequestRules.announceEnd(request());
        }
        end(() -> reading.done().fail(problem));
    }

    final void end(Runnable how) {
        if (!over) {
            over = true;
            reading.vertx().cancelTimer(timer);
            reading.underWay().end(this, received);
            ended();
            how.run();
        }
    }
}
