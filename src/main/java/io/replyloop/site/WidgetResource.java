package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.platform.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The widget's settings, available before anybody has written. */
@Path("/api/widget")
@PermitAll
@Tag(name = "Widget")
public class WidgetResource {
    private static final int MAX_TEXT_LENGTH = 8_000;

    private final Sites sites;
    private final Hours hours;
    private final UsualReplies usual;
    private final Forms forms;
    private final Welcomes welcomes;
    private final Sightings sightings;
    private final TranscriptMailing transcripts;

    WidgetResource(
            Sites sites,
            Hours hours,
            UsualReplies usual,
            Forms forms,
            Welcomes welcomes,
            Sightings sightings,
            TranscriptMailing transcripts) {
        this.transcripts = transcripts;
        this.sites = sites;
        this.hours = hours;
        this.usual = usual;
        this.forms = forms;
        this.welcomes = welcomes;
        this.sightings = sightings;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WidgetView(
            @Schema(description = "Name of the site", examples = "Example shop", required = true)
            String name,

            @Schema(description = "Colour of the widget", examples = "#0b57d0", required = true)
            String color,

            @Schema(description = "First line in English", examples = "Hello! How can we help?")
            String greetingEn,

            @Schema(description = "First line in Chinese", examples = "您好！有什么可以帮您？")
            String greetingZh,

            @Schema(description = "Longest message, in UTF-16 code units", examples = "8000", required = true)
            int maxTextLength,

            @Schema(
                    description = "Whether customers are asked how a conversation was",
                    examples = "true",
                    required = true)
            boolean ratingAsked,

            @Schema(description = "true where customers can have their conversation mailed; else absent")
            Boolean transcriptsMailed,

            @Schema(description = "Whether the team is there; absent for a site that is always open")
            OpenNow hours,

            @Schema(
                    description = "Within so many seconds customers usually get an answer, rounded up; absent where"
                            + " that is not known",
                    examples = "300")
            Integer usuallyWithinSeconds,

            @Schema(description = "What is asked before a conversation begins; absent where nothing is")
            FormSettings form,

            @Schema(description = "Who is there, and what others often ask", required = true)
            Welcome welcome) {}

    @GET
    @Operation(operationId = "getWidget", summary = "Get the widget's settings")
    public WidgetView widget(
            @Parameter(description = "Key of the site") @QueryParam("site") String key,
            @Parameter(description = "Origin of the page that the widget is on, as its loader says")
                    @QueryParam("origin")
                    String origin) {
        SiteView site = sites.byKey(key == null ? "" : key).orElseThrow(() -> Problem.notFound("site"));
        sightings.note(site, origin);
        return new WidgetView(
                site.name(),
                site.color(),
                site.greetingEn(),
                site.greetingZh(),
                MAX_TEXT_LENGTH,
                site.ratingAsked(),
                transcripts.isOffered() ? true : null,
                hours.now(site.id()).orElse(null),
                usual.withinSeconds(site.id()).orElse(null),
                forms.asked(site.id()).orElse(null),
                welcomes.of(site.id()));
    }
}
