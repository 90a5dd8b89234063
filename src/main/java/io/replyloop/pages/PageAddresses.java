package io.replyloop.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Redirects to the folders of pages, each of which has an index: people type the name alone, and links in messages lose
 * their slash.
 */
@ApplicationScoped
class PageAddresses {
    static final List<String> PAGES =
            List.of("shop", "widget", "console", "admin", "setup", "join", "demo", "preview", "test-page");

    void register(@Observes Router router) {
        for (String page : PAGES) {
            // A regular expression, because Vert.x treats a plain path with and without a trailing slash as the same.
            router.getWithRegex("/" + page).handler(context -> toFolder(context, page));
        }
    }

    private static void toFolder(RoutingContext context, String page) {
        String query = context.request().query();
        context.redirect("/" + page + "/" + (query == null ? "" : "?" + query));
    }
}
