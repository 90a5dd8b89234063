package io.replyloop.routing;

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

/** Where the new conversations of a site go, for admins. */
@Path("/api/sites/{id}/routing")
@RolesAllowed("admin")
@Tag(name = "Sites")
public class SiteRoutingResource {
    private final SiteRoutings routings;

    SiteRoutingResource(SiteRoutings routings) {
        this.routings = routings;
    }

    @GET
    @Operation(operationId = "getSiteRouting", summary = "Where the new conversations of a site go")
    public SiteRouting get(@RestPath UUID id) {
        return routings.settings(id);
    }

    @PUT
    @Operation(operationId = "updateSiteRouting", summary = "Change where the new conversations of a site go")
    public SiteRouting change(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") SiteRouting routing) {
        return routings.change(id, routing);
    }
}
