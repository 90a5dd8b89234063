package io.replyloop.site;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.replyloop.platform.PublicAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The security headers of every response. The widget's page may be framed by the origins of its site, everything else
 * not at all. A request from inside our own frame has our own origin, so only this header can restrict who embeds us.
 */
@ApplicationScoped
class PageHeaders {
    /** Before authentication, so that rejected requests have the headers, too. */
    private static final int PRIORITY = 400;

    /** Attached files are answers of the interface, too: whatever they contain, nothing of it runs. */
    private static final String INTERFACE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String WIDGET = "/widget/";

    /** Paths of pages; anything else is part of the interface and renders nothing. */
    private static final Pattern PAGES = Pattern.compile(
            "/|/(shop|widget|console|admin|setup|join|demo|preview|test-page)(/.*)?|/loader\\.js|/favicon\\.svg");

    /** Files named by their content hash; everything else must be revalidated, or an upgrade would break pages. */
    private static final String ASSETS = "/assets/";

    /** Named by a hash of what they are, too; the rest of the interface is never kept. */
    private static final String LOGOS = Logo.ADDRESS;

    /** The pages that the demo's page shows side by side. */
    private static final Pattern SIDE_BY_SIDE = Pattern.compile("/(shop|console)(/.*)?");

    /** The chat as a website's settings would make it, for pages of the team. It talks to nobody, so it may not. */
    private static final Pattern PREVIEW = Pattern.compile("/preview(/.*)?");

    /** What stands for a page of a website where an admin tries its chat; it does something only in a page of ours. */
    private static final Pattern TEST_PAGE = Pattern.compile("/test-page(/.*)?");

    private static final String OWN_REQUESTS = "connect-src 'self'";

    private final SiteOrigins origins;
    private final PublicAddress address;
    private final String pagePolicy;
    private final boolean demo;

    PageHeaders(SiteOrigins origins, PublicAddress address, LaunchMode mode) {
        this.origins = origins;
        this.address = address;
        this.demo = ConfigUtils.isProfileActive("demo");
        // Only live reload of the pages injects inline scripts.
        String scripts = mode == LaunchMode.DEVELOPMENT ? "'self' 'unsafe-inline'" : "'self'";
        this.pagePolicy = "default-src 'self'; script-src " + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                + OWN_REQUESTS;
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, PRIORITY);
    }

    private void add(RoutingContext context) {
        HttpServerRequest request = context.request();
        // The path as sent: one that could be interpreted in another way is rejected.
        String path = request.path();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (address.isSecure(request)) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (path.equals("/widget") || path.startsWith(WIDGET)) {
            headers.set("Cache-Control", "no-cache");
            origins.ofSite(request.getParam("site"))
                    .onSuccess(allowed -> {
                        headers.set("Content-Security-Policy", pagePolicy(request, ancestors(allowed)));
                        context.next();
                    })
                    .onFailure(context::fail);
            return;
        }
        boolean framedHere = isFramedHere(path, demo);
        headers.set("X-Frame-Options", framedHere ? "SAMEORIGIN" : "DENY");
        if (PREVIEW.matcher(path).matches()) {
            headers.set(
                    "Content-Security-Policy",
                    pagePolicy.replace(OWN_REQUESTS, "connect-src 'none'") + "; frame-ancestors 'self'");
            headers.set("Cache-Control", "no-cache");
        } else if (PAGES.matcher(path).matches() || path.startsWith(ASSETS)) {
            headers.set("Content-Security-Policy", pagePolicy(request, framedHere ? "'self'" : "'none'"));
            headers.set("Cache-Control", "no-cache");
        } else {
            headers.set("Content-Security-Policy", INTERFACE_POLICY);
            headers.set("Cache-Control", "no-store");
        }
        context.addHeadersEndHandler(sent -> {
            keepForEver(context, path);
            onlyOnePolicy(headers);
        });
        context.next();
    }

    /** The preview and the test page, and in the demo what its page shows side by side; only by pages of this server. */
    static boolean isFramedHere(String path, boolean demo) {
        return PREVIEW.matcher(path).matches()
                || TEST_PAGE.matcher(path).matches()
                || demo && SIDE_BY_SIDE.matcher(path).matches();
    }

    // Only existing files: during an upgrade, a file may be missing on one node for a moment.
    private static void keepForEver(RoutingContext context, String path) {
        int status = context.response().getStatusCode();
        if ((path.startsWith(ASSETS) || path.startsWith(LOGOS)) && (status == 200 || status == 206 || status == 304)) {
            context.response().headers().set("Cache-Control", FOR_EVER);
        }
    }

    /** An answer with a policy of its own has that one: browsers heed all that there are, and the strictest forbids its style. */
    private static void onlyOnePolicy(MultiMap headers) {
        List<String> policies = headers.getAll("Content-Security-Policy");
        if (policies.size() > 1) {
            headers.set("Content-Security-Policy", policies.get(policies.size() - 1));
        }
    }

    private String pagePolicy(HttpServerRequest request, String ancestors) {
        String sockets = String.join(" ", address.sockets(request));
        return pagePolicy + (sockets.isEmpty() ? "" : " " + sockets) + "; frame-ancestors " + ancestors;
    }

    private static String ancestors(List<String> allowed) {
        return allowed == null
                ? "'none'"
                : String.join(" ", "'self'", String.join(" ", allowed)).strip();
    }
}
