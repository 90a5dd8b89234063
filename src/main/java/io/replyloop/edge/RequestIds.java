package io.replyloop.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Each request has an id, which the answer names and the log writes with all that it says meanwhile: one that a proxy has
 * given, or a new one.
 */
@ApplicationScoped
class RequestIds {
    private static final String HEADER = "X-Request-Id";

    /** For the log. */
    private static final String REQUEST = "request";

    private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int AFTER_ARRIVAL = 499;

    void register(@Observes Filters filters) {
        filters.register(RequestIds::name, AFTER_ARRIVAL);
    }

    private static void name(RoutingContext context) {
        String given = context.request().getHeader(HEADER);
        String id = given != null && GOOD.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        MDC.put(REQUEST, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }
}
