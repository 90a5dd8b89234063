package io.replyloop.signin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.replyloop.platform.BearerToken;
import io.replyloop.platform.ProblemAnswer;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.PublicAddress;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;

/**
 * Prevents other sites' pages from acting on behalf of a signed-in person, in addition to the cookie's SameSite. A
 * request that changes something must come from our own origin, if the browser names one, and must be one that a form
 * cannot send. This applies to every path, because a list of paths would have to match exactly how the router reads
 * them.
 */
@ApplicationScoped
public class SameOriginRule {
    /** After the security headers, before authentication. */
    private static final int PRIORITY = 300;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** The only socket that pages of other sites may open, because no cookie counts there. */
    private static final String CUSTOMER_SOCKET = "/ws/customer";

    private final ProblemAnswer answer;
    private final PublicAddress address;

    SameOriginRule(ProblemAnswer answer, PublicAddress address) {
        this.answer = answer;
        this.address = address;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean unsafe = !SAFE.contains(request.method());
        if (!unsafe && !opensSocketOfAgent(request)) {
            context.next();
        } else if (isOtherSites(request)) {
            refuse(context, "This request comes from another site's page.");
        } else if (request.getHeader("Origin") != null && !address.isOrigin(request.getHeader("Origin"), request)) {
            refuse(
                    context,
                    "This request comes from another site's page. " + address.hint(request.getHeader("Origin")));
        } else if (unsafe && isByCookie(request) && !noFormCanSend(request)) {
            refuse(context, "Send Content-Type: application/json, or the header X-Replyloop: 1.");
        } else {
            context.next();
        }
    }

    private static boolean opensSocketOfAgent(HttpServerRequest request) {
        String path = request.path();
        return !path.equals(CUSTOMER_SOCKET)
                && (path.startsWith("/ws/") || request.headers().contains("Upgrade"));
    }

    /** Clients other than browsers do not send the header, and have no cookies that a third party could abuse. */
    private static boolean isOtherSites(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** Where a program's token is sent, it alone counts, and no page of another site has one. */
    private static boolean isByCookie(HttpServerRequest request) {
        return request.getCookie(SessionCookie.NAME) != null
                && BearerToken.of(request).isEmpty();
    }

    private static boolean noFormCanSend(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return "1".equals(request.getHeader("X-Replyloop"))
                || (type != null
                        && type.split(";", 2)[0]
                                .strip()
                                .toLowerCase(Locale.ROOT)
                                .equals("application/json"));
    }

    private void refuse(RoutingContext context, String detail) {
        answer.send(context, ProblemCode.CROSS_SITE, detail);
    }
}
