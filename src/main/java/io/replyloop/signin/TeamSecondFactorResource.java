package io.replyloop.signin;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The second step of signing in, as far as admins decide it for others. */
@Path("/api/second-factors")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Team")
public class TeamSecondFactorResource {
    private final SecondFactors factors;
    private final CurrentAgent currentAgent;

    TeamSecondFactorResource(SecondFactors factors, CurrentAgent currentAgent) {
        this.factors = factors;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "SecondFactors")
    public record Overview(
            @Schema(description = "Who has to have one", examples = "admins", required = true)
            SecondFactorRequirement requiredFor,

            @Schema(description = "The accounts that have one", required = true)
            List<UUID> accounts) {}

    @Schema(name = "SecondFactorRule")
    public record Rule(
            @Schema(description = "Who has to have one", examples = "admins")
            @NotNull(message = "give nobody, admins or everybody")
            SecondFactorRequirement requiredFor) {}

    @GET
    @Operation(operationId = "listSecondFactors", summary = "Who has to sign in with a second step, and who does")
    public Overview list() {
        return new Overview(factors.requirement(), factors.accounts());
    }

    @PUT
    @Operation(
            operationId = "requireSecondFactor",
            summary = "Say who has to sign in with a second step; whoever has none sets it up at the next sign-in")
    @APIResponse(responseCode = "204", description = "It is so from the next sign-in on")
    public void require(@Valid @NotNull(message = "send a JSON object") Rule rule) {
        factors.require(rule.requiredFor());
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "removeSecondFactorOfUser",
            summary = "Switch the second step off for somebody who has lost it, and sign them out everywhere")
    @APIResponse(responseCode = "204", description = "Their password is enough")
    @APIResponse(responseCode = "409", description = "It is your own")
    public void remove(UUID id) {
        factors.removeFor(currentAgent.get(), id);
    }
}
