package io.replyloop.edge;

import io.quarkus.runtime.configuration.MemorySize;
import io.replyloop.identity.AddressLimit;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Reads the body of a request on the event loop as it arrives, and only then passes it to a worker: a thousand slow
 * bodies cost memory for what has arrived, but no threads. At that point the endpoint is known and the caller's role
 * has been checked, so strangers cannot upload anything where they have no access.
 */
@ApplicationScoped
public class BodyReader {
    private static final long LONGEST = 65_536;

    private final Vertx vertx;
    private final EdgeConfig limits;
    private final long longestFile;
    private final BodiesUnderWay underWay;
    private final Instance<LimitedBeforeBody> limited;

    BodyReader(
            Vertx vertx,
            EdgeConfig limits,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestFile,
            @Any Instance<LimitedBeforeBody> limited) {
        this.vertx = vertx;
        this.limits = limits;
        this.longestFile = longestFile.asLongValue();
        this.underWay = new BodiesUnderWay(limits);
        this.limited = limited;
    }

    @ServerRequestFilter(nonBlocking = true)
    public Uni<Response> read(ContainerRequestContext context, ResourceInfo endpoint, HttpServerRequest request) {
        if (LimitedBeforeBody.class.isAssignableFrom(endpoint.getResourceClass())) {
            limited.select(endpoint.getResourceClass().asSubclass(LimitedBeforeBody.class))
                    .get()
                    .admit(request);
        }
        if (!hasBody(request)) {
            return Uni.createFrom().nullItem();
        }
        boolean file = takesTheStream(endpoint);
        long longest = file ? longestFile : LONGEST;
        requireLength(request, longest);
        String address = AddressLimit.key(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
        return Uni.createFrom().emitter(done -> {
            Reading reading = new Reading(request, longest, file, address, done);
            underWay.begin(reading);
            reading.start(file ? limits.uploadWithin() : limits.bodyWithin(), context);
        });
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null
                ? request.headers().contains("Transfer-Encoding")
                        || request.version() == HttpVersion.HTTP_2 && !request.isEnded()
                : !length.equals("0");
    }

    /** An endpoint that takes the stream itself reads files, which have their own limit. */
    private static boolean takesTheStream(ResourceInfo endpoint) {
        return Arrays.asList(endpoint.getResourceMethod().getParameterTypes()).contains(InputStream.class);
    }

    private static void requireLength(HttpServerRequest request, long longest) {
        String length = request.getHeader("Content-Length");
        if (length != null && Long.parseLong(length) > longest) {
            throw tooLarge(longest);
        }
    }

    /**
     * Jackson decodes overlong and broken sequences to other characters, and takes a body with zero bytes for UTF-16 or
     * UTF-32. JSON contains no zero bytes.
     */
    private static boolean isUtf8(byte[] body) {
        for (byte one : body) {
            if (one == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static Problem tooLarge(long longest) {
        String limit = longest < 1 << 20 ? longest / 1024 + " KiB" : longest / (1 << 20) + " MiB";
        return new Problem(ProblemCode.TOO_LARGE, "The body has more than " + limit + ".");
    }

    /** A body that is being read. Everything except {@link #giveUp} runs on the event loop of its request. */
    final class Reading implements BodiesUnderWay.Body {
        private final HttpServerRequest request;
        private final long longest;
        private final boolean file;
        private final String address;
        private final UniEmitter<? super Response> done;
        private final Buffer body = Buffer.buffer();
        private final Context loop = vertx.getOrCreateContext();
        private long timer;
        private boolean over;

        Reading(
                HttpServerRequest request,
                long longest,
                boolean file,
                String address,
                UniEmitter<? super Response> done) {
            this.request = request;
            this.longest = longest;
            this.file = file;
            this.address = address;
            this.done = done;
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public boolean isFile() {
            return file;
        }

        void start(Duration within, ContainerRequestContext context) {
            timer = vertx.setTimer(
                    within.toMillis(),
                    late -> fail(new Problem(
                            ProblemCode.TOO_SLOW,
                            "The body did not come within " + within.toSeconds() + " s. Send it again.")));
            request.exceptionHandler(gone -> fail(new Problem(
                    ProblemCode.MALFORMED_REQUEST, "The body broke off before its end. Send it again.", gone)));
            request.endHandler(end -> {
                byte[] all = body.getBytes();
                if (!file && !isUtf8(all)) {
                    // The whole body has been read, so the connection can stay open.
                    end(() -> done.fail(new Problem(
                            ProblemCode.MALFORMED_REQUEST, "The body is not UTF-8. Send it again in this encoding.")));
                    return;
                }
                context.setEntityStream(new ByteArrayInputStream(all));
                end(() -> done.complete(null));
            });
            request.handler(this::add);
            // An earlier handler, such as the session's, may have paused the request.
            request.resume();
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
        }

        private void add(Buffer part) {
            if (over) {
                return;
            }
            if (body.length() + (long) part.length() > longest) {
                fail(tooLarge(longest));
            } else {
                body.appendBuffer(part);
                underWay.grown(this, part.length());
            }
        }

        @Override
        public void giveUp() {
            loop.runOnContext(now -> fail(new Problem(
                    ProblemCode.UNAVAILABLE, "Too much is on its way to this server. Try again in a moment.")));
        }

        private void fail(Problem problem) {
            if (!over && !request.response().headWritten()) {
                // The rest is not read, so it could not be told from another request.
                RequestRules.announceEnd(request);
            }
            end(() -> done.fail(problem));
        }

        private void end(Runnable how) {
            if (!over) {
                over = true;
                vertx.cancelTimer(timer);
                underWay.end(this, body.length());
                how.run();
            }
        }
    }
}
