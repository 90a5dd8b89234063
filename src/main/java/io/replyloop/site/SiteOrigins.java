package io.replyloop.site;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** In-memory cache of who may embed which site; changes by other nodes become visible after some seconds. */
@ApplicationScoped
class SiteOrigins {
    private static final Logger LOG = Logger.getLogger(SiteOrigins.class);
    private static final Duration FRESH = Duration.ofSeconds(10);

    private record Known(Map<String, List<String>> origins, Instant at) {}

    private final Sites sites;
    private final Vertx vertx;
    private volatile Known known;

    SiteOrigins(Sites sites, Vertx vertx) {
        this.sites = sites;
        this.vertx = vertx;
    }

    /** The origins of the site with this key; null if there is no such site. Completes on the caller's context. */
    Future<List<String>> ofSite(String key) {
        Known now = known;
        if (now != null && now.at().plus(FRESH).isAfter(Instant.now())) {
            return Future.succeededFuture(find(now, key));
        }
        // The caller is an event loop, and the database call blocks.
        return vertx.executeBlocking(() -> find(load(), key), false).otherwise(failure -> {
            LOG.warnf("The sites cannot be read; using the previous ones: %s", failure.getMessage());
            return now == null ? null : find(now, key);
        });
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SitesChanged change) {
        known = null;
    }

    private Known load() {
        Known fresh = new Known(
                sites.list().stream().collect(Collectors.toMap(SiteView::key, SiteView::allowedOrigins)),
                Instant.now());
        known = fresh;
        return fresh;
    }

    private static List<String> find(Known from, String key) {
        return key == null ? null : from.origins().get(key);
    }
}
