package io.replyloop.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.replyloop.platform.ProblemAnswer;
import io.replyloop.platform.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Sees every request first, and refuses those whose address could be read in more than one way. */
@ApplicationScoped
class RequestRules {
    private static final int BEFORE_EVERYTHING = 500;

    /** After the security headers, before the same-origin rule and authentication. */
    private static final int AFTER_HEADERS = 350;

    private final ProblemAnswer answer;

    RequestRules(ProblemAnswer answer) {
        this.answer = answer;
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
                context.addEndHandler(ended -> HeadDeadline.tell(
                        connection.channel(),
                        context.response().getStatusCode() == 101
                                ? HeadDeadline.Progress.ANOTHER_PROTOCOL
                                : HeadDeadline.Progress.ANSWERED));
            }
        }
        context.next();
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!PathSpelling.isPlain(request.path())) {
            refuse(
                    context,
                    "Spell the path plainly: without `;`, `\\`, empty or dot segments, or escapes of characters that"
                            + " need none.");
        } else if (request.query() != null && !PathSpelling.hasNoNul(request.query())) {
            refuse(context, "The query must not have the character U+0000.");
        } else if (!hasOneHost(request)) {
            refuse(context, "Name one host in the header `Host`.");
        } else {
            context.next();
        }
    }

    // Of HTTP/1.0 it is not asked, and HTTP/2 has it elsewhere.
    private static boolean hasOneHost(HttpServerRequest request) {
        int hosts = request.headers().getAll("Host").size();
        return hosts == 1 ? request.authority() != null : hosts == 0 && request.version() != HttpVersion.HTTP_1_1;
    }

    private void refuse(RoutingContext context, String detail) {
        answer.send(context, ProblemCode.MALFORMED_REQUEST, detail);
    }
}
