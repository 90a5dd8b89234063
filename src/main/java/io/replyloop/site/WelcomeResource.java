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

/** What customers of a site see before they write, for admins. */
@Path("/api/sites/{id}/welcome")
@RolesAllowed("admin")
@Tag(name = "Sites")
public class WelcomeResource {
    private final Welcomes welcomes;

    WelcomeResource(Welcomes welcomes) {
        this.welcomes = welcomes;
    }

    @GET
    @Operation(operationId = "getSiteWelcome", summary = "What customers of a site see before they write")
    public WelcomeSettings get(@RestPath UUID id) {
        return welcomes.settings(id);
    }

    @PUT
    @Operation(operationId = "updateSiteWelcome", summary = "Change what customers of a site see before they write")
    public WelcomeSettings change(
            @RestPath UUID id, @Valid @NotNull(message = "send a JSON object") WelcomeSettings welcome) {
        return welcomes.change(id, welcome);
    }
}
