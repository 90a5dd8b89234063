package io.replyloop.site;

import io.replyloop.platform.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the widget shows before anybody has written. */
@Path("/api/widget")
@PermitAll
@Tag(name = "Widget")
public class WidgetResource {
    private static final int MAX_TEXT_LENGTH = 8_000;

    private final Sites sites;

    WidgetResource(Sites sites) {
        this.sites = sites;
    }

    public record WidgetView(String name, String color, String greetingEn, String greetingZh, int maxTextLength) {}

    @GET
    public WidgetView widget(@QueryParam("site") String key) {
        SiteView site = sites.byKey(key == null ? "" : key).orElseThrow(() -> Problem.notFound("site"));
        return new WidgetView(site.name(), site.color(), site.greetingEn(), site.greetingZh(), MAX_TEXT_LENGTH);
    }
}
