package io.replyloop.site;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The sites, for admins. */
@Path("/api/sites")
@RolesAllowed("admin")
@Tag(name = "Sites")
public class SiteResource {
    private final Sites sites;

    SiteResource(Sites sites) {
        this.sites = sites;
    }

    public record IdentitySecret(
            @Schema(
                    description = "Shown this once: keep it on the site's server, and sign with it who the customer is",
                    required = true)
            String secret) {}

    @GET
    @Operation(operationId = "listSites", summary = "List the sites")
    public List<SiteView> list() {
        return sites.list();
    }

    @POST
    @Operation(operationId = "createSite", summary = "Add a site")
    public SiteView create(@Valid @NotNull(message = "send a JSON object") SiteSettings settings) {
        return sites.create(settings);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateSite", summary = "Change a site")
    public SiteView update(UUID id, @Valid @NotNull(message = "send a JSON object") SiteSettings settings) {
        return sites.update(id, settings);
    }

    @POST
    @Path("/{id}/identity-secret")
    @Operation(
            operationId = "renewIdentitySecret",
            summary = "Make a new secret with which the site vouches for its customers")
    public IdentitySecret renewIdentitySecret(UUID id) {
        return new IdentitySecret(sites.renewIdentitySecret(id));
    }
}
