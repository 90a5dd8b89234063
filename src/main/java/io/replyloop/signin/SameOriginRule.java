package io.replyloop.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.ProblemDocument;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Nobody else's page acts in the name of somebody who is signed in here. Beside the cookie's SameSite: what changes
 * something must come from our own origin when a browser names one, and must be a request that a form cannot make.
 */
@ApplicationScoped
public class SameOriginRule {
    /** After the security headers, before authentication. */
    private static final int PRIORITY = 300;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String AGENT_SOCKET = "/ws/agent";

    private final ObjectMapper json;
    private final Optional<String> publicAddress;

    SameOriginRule(
            ObjectMapper json, @ConfigProperty(name = "replyloop.public-address") Optional<String> publicAddress) {
        this.json = json;
        this.publicAddress = publicAddress.map(SameOriginRule::authorityOf);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        boolean socket = path.equals(AGENT_SOCKET);
        boolean unsafe = path.startsWith("/api/") && !SAFE.contains(request.method());
        if (!socket && !unsafe) {
            context.next();
        } else if (!fromOurPages(request)) {
            refuse(context, "This request comes from another site's page.");
        } else if (unsafe && request.getCookie(SessionCookie.NAME) != null && !noFormCanSend(request)) {
            refuse(context, "Send Content-Type: application/json, or the header X-Replyloop: 1.");
        } else {
            context.next();
        }
    }

    /** Programs that are no browsers name no origin, and have no cookies that somebody else could abuse. */
    private boolean fromOurPages(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        String authority = authorityOf(origin);
        return authority != null
                && (publicAddress.filter(authority::equals).isPresent() || authority.equals(hostOf(request, origin)));
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

    /** Host and port, with the port that the scheme implies; null for what is no origin, such as "null". */
    private static String authorityOf(String origin) {
        try {
            URI uri = URI.create(origin.strip());
            return uri.getHost() == null ? null : authority(uri.getHost(), uri.getPort(), uri.getScheme());
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    // A proxy may end TLS before us, so the scheme that counts is the one that the browser names.
    private static String hostOf(HttpServerRequest request, String origin) {
        String scheme = origin.regionMatches(true, 0, "https:", 0, 6) ? "https" : "http";
        return request.authority() == null
                ? null
                : authority(request.authority().host(), request.authority().port(), scheme);
    }

    private static String authority(String host, int port, String scheme) {
        int implied = "https".equalsIgnoreCase(scheme) ? 443 : 80;
        return host.toLowerCase(Locale.ROOT) + ":" + (port < 0 ? implied : port);
    }

    private void refuse(RoutingContext context, String detail) {
        try {
            context.response()
                    .setStatusCode(ProblemCode.CROSS_SITE.status())
                    .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
                    .end(json.writeValueAsString(ProblemDocument.of(ProblemCode.CROSS_SITE, detail)));
        } catch (JsonProcessingException failure) {
            context.fail(failure);
        }
    }
}
