package io.replyloop.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where the new conversations of a site go. */
@Schema(name = "SiteRouting")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SiteRouting(
        @Schema(description = "The team whose queue they begin in; absent for none")
        UUID team,

        @Schema(
                description = "Whether conversations that belong to no team are given out in turn to whoever is there",
                examples = "true")
        boolean roundRobin,

        @Schema(
                description = "How many seconds an agent has to open a conversation that was given out; absent: 60",
                examples = "60")
        @Min(value = 10, message = "is at least 10 seconds")
        @Max(value = 3600, message = "is at most an hour")
        Integer acceptWithin) {
    static final SiteRouting NONE = new SiteRouting(null, false, null);

    public SiteRouting {
        acceptWithin = acceptWithin == null ? Integer.valueOf(TeamSettings.ACCEPT_WITHIN) : acceptWithin;
    }
}
