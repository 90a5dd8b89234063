package io.replyloop.edge;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.replyloop.identity.AddressLimit;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WrittenFile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
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
    private final Path folder;

    BodyReader(
            Vertx vertx,
            EdgeConfig limits,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestFile,
            @Any Instance<LimitedBeforeBody> limited,
            ApplicationFolder application) {
        this.vertx = vertx;
        this.limits = limits;
        this.longestFile = longestFile.asLongValue();
        this.underWay = new BodiesUnderWay(limits);
        this.limited = limited;
        folder = application.folder("bodies");
    }

    @ServerRequestFilter(nonBlocking = true)
    public Uni<Response> read(ContainerRequestContext context, ResourceInfo endpoint, HttpServerRequest request) {
        Optional<LimitedBeforeBody> own = ownLimits(endpoint);
        own.ifPresent(limit -> limit.admit(request));
        if (!hasBody(request)) {
            return Uni.createFrom().nullItem();
        }
        boolean file = takesTheStream(endpoint);
        OptionalLong spooled =
                file ? own.map(LimitedBeforeBody::longestFile).orElse(OptionalLong.empty()) : OptionalLong.empty();
        long longest = spooled.orElse(file ? longestFile : LONGEST);
        requireLength(request, longest);
        String address = AddressLimit.key(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
        return Uni.createFrom().emitter(done -> {
            IncomingBody.Reading reading = new IncomingBody.Reading(vertx, underWay, request, longest, address, done);
            IncomingBody body = spooled.isPresent()
                    ? new BodyOnDisk(reading, folder.resolve(UUID.randomUUID().toString()))
                    : new BodyInMemory(reading, file);
            underWay.begin(body);
            body.start(file ? limits.uploadWithin() : limits.bodyWithin(), context);
        });
    }

    private Optional<LimitedBeforeBody> ownLimits(ResourceInfo endpoint) {
        if (!LimitedBeforeBody.class.isAssignableFrom(endpoint.getResourceClass())) {
            return Optional.empty();
        }
        return Optional.of(limited.select(endpoint.getResourceClass().asSubclass(LimitedBeforeBody.class))
                .get());
    }

    /** What a killed server has left behind. */
    void atStart(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(folder);
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

    static Problem tooLarge(long longest) {
        String limit = longest < 1 << 20 ? longest / 1024 + " KiB" : longest / (1 << 20) + " MiB";
        return new Problem(ProblemCode.TOO_LARGE, "The body has more than " + limit + ".");
    }
}
