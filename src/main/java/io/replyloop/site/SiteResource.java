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
                    description =
                            "Shown only once: keep it on the site's server, and use it to sign vouchers for customers",
                    required = true)
            String secret) {}

    /** @param keepOldMinutes required; with 0, everything signed with the old secret becomes invalid immediately */
    @Schema(name = "IdentitySecretChange")
    public record SecretChange(
            @Schema(
                    description = "How long the old secret remains valid beside the new one, in minutes; 0: not at all",
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
    @Operation(
            operationId = "renewIdentitySecret",
            summary = "Generate a new identity secret, which is shown only once")
    public IdentitySecret renewIdentitySecret(
            UUID id, @Valid @NotNull(message = SecretChange.HOW_LONG) SecretChange change) {
        return new IdentitySecret(sites.renewIdentitySecret(id, Duration.ofMinutes(change.keepOldMinutes())));
    }

    @DELETE
    @Path("/{id}/previous-identity-secret")
    @Operation(operationId = "forgetPreviousIdentitySecret", summary = "Stop accepting the previous identity secret")
    public SiteView forgetPreviousIdentitySecret(UUID id) {
        return sites.forgetPreviousIdentitySecret(id);
    }

    @DELETE
    @Path("/{id}/customer-tokens")
    @Operation(operationId = "endCustomerTokens", summary = "Invalidate all customer tokens of this site issued so far")
    public SiteView endCustomerTokens(UUID id) {
        return sites.endCustomerTokens(id);
    }
}
