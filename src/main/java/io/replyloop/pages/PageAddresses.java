package io.replyloop.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Each page is a folder with an index; people type the folder's name alone, and links in messages lose slashes. */
@ApplicationScoped
class PageAddresses {
    static final List<String> PAGES = List.of("shop", "widget", "console", "admin", "setup");

    void register(@Observes Router router) {
        for (String page : PAGES) {
            // By expression: Vert.x takes a plain path for the same with and without a slash at its end.
            router.getWithRegex("/" + page).handler(context -> toFolder(context, page));
        }
    }

    private static void toFolder(RoutingContext context, String page) {
        String query = context.request().query();
        context.redirect("/" + page + "/" + (query == null ? "" : "?" + query));
    }
}
