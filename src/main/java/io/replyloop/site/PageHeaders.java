package io.replyloop.site;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * The security headers of every answer. The widget's page may be framed by the origins of its site, everything else by
 * nobody; a request from inside our own frame has our own origin, so only this header sees who embeds us.
 */
@ApplicationScoped
class PageHeaders {
    /** Before authentication, so that refusals carry the headers too. */
    private static final int PRIORITY = 400;

    private static final String INTERFACE_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private final SiteOrigins origins;
    private final String pagePolicy;

    PageHeaders(SiteOrigins origins, LaunchMode mode) {
        this.origins = origins;
        // Live reload of the pages injects inline scripts; nothing else does.
        String scripts = mode == LaunchMode.DEVELOPMENT ? "'self' 'unsafe-inline'" : "'self'";
        this.pagePolicy = "default-src 'self'; script-src " + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:;"
                + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, PRIORITY);
    }

    private void add(RoutingContext context) {
        String path = context.normalizedPath();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (path.startsWith("/api/") || path.startsWith("/metrics")) {
            headers.set("Content-Security-Policy", INTERFACE_POLICY);
            headers.set("Cache-Control", "no-store");
            context.next();
        } else if (path.equals("/widget") || path.startsWith("/widget/")) {
            origins.ofSite(context.request().getParam("site"))
                    .onSuccess(allowed -> {
                        headers.set("Content-Security-Policy", pagePolicy + ancestors(allowed));
                        context.next();
                    })
                    .onFailure(context::fail);
        } else {
            headers.set("Content-Security-Policy", pagePolicy + "'none'");
            headers.set("X-Frame-Options", "DENY");
            context.next();
        }
    }

    private static String ancestors(List<String> allowed) {
        return allowed == null
                ? "'none'"
                : String.join(" ", "'self'", String.join(" ", allowed)).strip();
    }
}
