package io.replyloop.site;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Duration;
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

    /** @param keepOldMinutes has to be said: with 0, nothing that the old secret has signed counts from then on */
    @Schema(name = "IdentitySecretChange")
    public record SecretChange(
            @Schema(
                    description = "How long the old secret counts beside the new one, in minutes; 0: not at all",
                    examples = "60",
                    required = true)
            @NotNull(message = HOW_LONG)
            @Min(value = 0, message = "is at least 0")
            @Max(value = 43_200, message = "is at most 30 days")
            Integer keepOldMinutes) {
        static final String HOW_LONG =
                "send \\{\"keepOldMinutes\": 60\\} to let the old secret count for another hour, or 0"
                        + " to end at once all that was signed with it";
    }

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
    @Operation(operationId = "renewIdentitySecret", summary = "Makes a new identity secret, and tells it this once")
    public IdentitySecret renewIdentitySecret(
            UUID id, @Valid @NotNull(message = SecretChange.HOW_LONG) SecretChange change) {
        return new IdentitySecret(sites.renewIdentitySecret(id, Duration.ofMinutes(change.keepOldMinutes())));
    }

    @DELETE
    @Path("/{id}/previous-identity-secret")
    @Operation(
            operationId = "forgetPreviousIdentitySecret",
            summary = "Stops accepting the identity secret before this one")
    public SiteView forgetPreviousIdentitySecret(UUID id) {
        return sites.forgetPreviousIdentitySecret(id);
    }

    @DELETE
    @Path("/{id}/customer-tokens")
    @Operation(
            operationId = "endCustomerTokens",
            summary = "Ends every token that a customer of this site has got until now")
    public SiteView endCustomerTokens(UUID id) {
        return sites.endCustomerTokens(id);
    }
}
