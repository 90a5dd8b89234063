package io.replyloop.edge;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.replyloop.platform.ProblemAnswer;
import io.replyloop.platform.ProblemCode;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/** Runs first for every request, and refuses those whose address could be read in more than one way. */
@ApplicationScoped
class RequestRules {
    private static final int BEFORE_EVERYTHING = 500;

    /** After the security headers, before the same-origin rule and authentication. */
    private static final int AFTER_HEADERS = 350;

    private static final Set<String> SOCKETS = Set.of("/ws/agent", "/ws/customer");

    private final ProblemAnswer answer;

    RequestRules(ProblemAnswer answer) {
        this.answer = answer;
    }

    void register(@Observes Router router) {
        router.route().order(-BEFORE_EVERYTHING).failureHandler(this::malformed);
    }

    void register(@Observes Filters filters) {
        filters.register(RequestRules::arrived, BEFORE_EVERYTHING);
        filters.register(this::check, AFTER_HEADERS);
    }

    private static void arrived(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            if (context.request().version() == HttpVersion.HTTP_2) {
                HeadDeadline.tell(connection.channel(), HeadDeadline.Progress.ANOTHER_PROTOCOL);
            } else {
                HeadDeadline.tell(connection.channel(), HeadDeadline.Progress.REQUEST);
                context.addEndHandler(ended -> HeadDeadline.tell(connection.channel(), progress(context)));
            }
        }
        onceTaken(context);
    }

    /**
     * Delays a client that sends one request after another without reading the responses, or opens no HTTP/2 window for
     * them. Because responses are written in one piece (quarkus.rest.output-buffer-size), workers never wait for a
     * client.
     */
    private static void onceTaken(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.writeQueueFull()) {
            response.drainHandler(taken -> {
                response.drainHandler(null);
                context.next();
            });
        } else {
            context.next();
        }
    }

    private static HeadDeadline.Progress progress(RoutingContext context) {
        // A WebSocket takes over without a response, so its status may still be the initial one. For other paths, the
        // header has no effect.
        if (context.request().headers().contains("Upgrade")
                && takesWebSockets(context.request().path())
                && context.response().getStatusCode() < 400) {
            return HeadDeadline.Progress.ANOTHER_PROTOCOL;
        }
        // Quarkus pauses every request until it is read, so one without a body has not ended either.
        return context.request().isEnded() || !BodyReader.hasBody(context.request())
                ? HeadDeadline.Progress.ANSWERED
                : HeadDeadline.Progress.ANSWERED_EARLY;
    }

    /** In dev mode, the pages' own server accepts WebSockets, too. */
    private static boolean takesWebSockets(String path) {
        return SOCKETS.contains(path) || LaunchMode.current() == LaunchMode.DEVELOPMENT;
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!PathSpelling.isPlain(request.path())) {
            refuse(
                    context,
                    "Spell the path plainly: without `;`, `\\`, empty or dot segments, or escapes of characters that"
                            + " need none, and escape all others as UTF-8.");
        } else if (request.query() != null && !PathSpelling.isText(request.query())) {
            refuse(context, "Write the query in ASCII and the escapes of UTF-8, without the character U+0000.");
        } else if (!hasOneHost(request)) {
            refuse(context, "Name one host in the header `Host`.");
        } else if (!hasKnownEncoding(request)) {
            // The end of the body is unknown, so nothing that follows on this connection can be trusted.
            announceEnd(request);
            context.addEndHandler(ended -> request.connection().close());
            refuse(context, "Send the body with `Content-Length`, or with `Transfer-Encoding: chunked` and no other.");
        } else {
            context.next();
        }
    }

    /** Requests that Vert.x itself refuses, such as one without a host; Quarkus would log them as errors of ours. */
    private void malformed(RoutingContext context) {
        boolean clients = context.statusCode() >= 400 && context.statusCode() < 500;
        if (clients
                && context.failure() instanceof VertxException
                && !context.response().ended()) {
            refuse(context, context.failure().getMessage());
        } else {
            context.next();
        }
    }

    // HTTP/2 does not use this header.
    private static boolean hasOneHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        return hosts.size() <= 1
                && request.authority() != null
                && hosts.stream().noneMatch(String::isBlank);
    }

    /**
     * Announces that the connection will be closed. HTTP/2 keeps requests apart regardless, and treats this header as
     * malformed.
     */
    static void announceEnd(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader("Connection", "close");
        }
    }

    private static boolean hasKnownEncoding(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll("Transfer-Encoding");
        return encodings.isEmpty() || encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
    }

    private void refuse(RoutingContext context, String detail) {
        answer.send(context, ProblemCode.MALFORMED_REQUEST, detail);
    }
}
