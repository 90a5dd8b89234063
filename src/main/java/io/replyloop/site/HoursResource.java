package io.replyloop.site;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** When the team of a site is there, for admins. */
@Path("/api/sites/{id}/hours")
@RolesAllowed("admin")
@Tag(name = "Sites")
public class HoursResource {
    private final Hours hours;

    HoursResource(Hours hours) {
        this.hours = hours;
    }

    @GET
    @Operation(operationId = "getOpeningHours", summary = "When the team of a site is there")
    public HoursSettings get(@RestPath UUID id) {
        return hours.settings(id);
    }

    @PUT
    @Operation(operationId = "updateOpeningHours", summary = "Change when the team of a site is there")
    public HoursSettings change(
            @RestPath UUID id, @Valid @NotNull(message = "send a JSON object") HoursSettings settings) {
        return hours.change(id, settings);
    }
}
