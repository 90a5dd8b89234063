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

    public record IdentitySecret(String secret) {}

    @GET
    public List<SiteView> list() {
        return sites.list();
    }

    @POST
    public SiteView create(@Valid @NotNull(message = "send a JSON object") SiteSettings settings) {
        return sites.create(settings);
    }

    @PUT
    @Path("/{id}")
    public SiteView update(UUID id, @Valid @NotNull(message = "send a JSON object") SiteSettings settings) {
        return sites.update(id, settings);
    }

    @POST
    @Path("/{id}/identity-secret")
    public IdentitySecret renewIdentitySecret(UUID id) {
        return new IdentitySecret(sites.renewIdentitySecret(id));
    }
}
