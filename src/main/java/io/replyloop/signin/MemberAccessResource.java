package io.replyloop.signin;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a member of the team gets in, as far as admins decide it. */
@Path("/api/users")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Team")
public class MemberAccessResource {
    private final AccountLinks links;
    private final SignedInDevices devices;
    private final CurrentAgent currentAgent;

    MemberAccessResource(AccountLinks links, SignedInDevices devices, CurrentAgent currentAgent) {
        this.links = links;
        this.devices = devices;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "PasswordLink")
    public record PasswordLink(
            @Schema(
                    description = "The link without the server's address. Shown once: the server keeps only its hash",
                    examples = "/join/#bXkgdG9rZW4",
                    required = true)
            String path,

            @Schema(description = "When the link ends", required = true)
            Instant expiresAt,

            @Schema(
                    description = "Whether the link is mailed to the person, too; not where mails are off",
                    examples = "true",
                    required = true)
            boolean mailed) {}

    @POST
    @Path("/{id}/password-link")
    @Operation(
            operationId = "makePasswordLink",
            summary = "Make a link by which somebody who has forgotten their password sets a new one")
    @APIResponseSchema(value = PasswordLink.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The account is deactivated, or your own")
    public PasswordLink passwordLink(
            UUID id, @Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        AccountLinks.MadeForPassword made = links.forPassword(currentAgent.get(), id, language);
        return new PasswordLink(AccountLinks.path(made.token()), made.expiresAt(), made.mailed());
    }

    @GET
    @Path("/{id}/sessions")
    @Operation(operationId = "listSessionsOfUser", summary = "Where somebody is signed in")
    public List<SessionOnDevice> sessions(UUID id) {
        return devices.of(id, null);
    }

    @DELETE
    @Path("/{id}/sessions")
    @Operation(operationId = "endSessionsOfUser", summary = "Sign somebody out everywhere")
    @APIResponse(responseCode = "204", description = "They are signed out")
    public void endSessions(UUID id) {
        devices.endAll(id);
    }
}
