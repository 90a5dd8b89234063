package io.replyloop.identity;

import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The team's accounts, for admins. */
@Path("/api/users")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Team")
public class UserResource {
    private final Agents agents;
    private final CurrentAgent currentAgent;

    UserResource(Agents agents, CurrentAgent currentAgent) {
        this.agents = agents;
        this.currentAgent = currentAgent;
    }

    public record NewUser(
            @Schema(description = "The address with which the person signs in", examples = "ben@example.com")
            @NotBlank(message = "give an e-mail address")
            @Email(message = "is not an e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            String email,

            @Schema(description = "The name that customers see", examples = "Ben")
            @NotBlank(message = "give a name, which customers see")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "What the person may do", examples = "agent")
            @NotNull(message = "give agent or admin")
            Role role,

            @Schema(
                    description = "The first password, which the person should change",
                    examples = "correct horse battery")
            @NotNull(message = "give a first password")
            @Size(max = 200, message = "is too long")
            String password) {}

    public record UserChange(
            @Schema(description = "The name that customers see", examples = "Ben")
            @NotBlank(message = "give a name, which customers see")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "What the person may do", examples = "admin")
            @NotNull(message = "give agent or admin")
            Role role,

            @Schema(description = "false signs the person out and keeps them out", examples = "true")
            @NotNull(message = "give true or false")
            Boolean active,

            @Schema(description = "A new password; absent keeps the present one", examples = "correct horse battery")
            @Size(max = 200, message = "is too long")
            String password) {}

    @GET
    @Operation(operationId = "listUsers", summary = "List the team's accounts")
    public List<AgentView> list() {
        return agents.people();
    }

    @POST
    @Operation(operationId = "createUser", summary = "Make an account")
    @APIResponseSchema(value = AgentView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The address belongs to another account")
    public AgentView create(@Valid @NotNull(message = "send a JSON object") NewUser user) {
        return agents.create(user.email(), user.name(), user.role(), agents.hash(user.password()));
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateUser", summary = "Change an account, or close it")
    @APIResponseSchema(value = AgentView.class, responseCode = "200")
    @APIResponse(
            responseCode = "409",
            description = "It would leave the team without an admin, or change one's own password")
    public AgentView update(UUID id, @Valid @NotNull(message = "send a JSON object") UserChange change) {
        if (change.password() != null) {
            Agents.requireOther(currentAgent.get(), id);
        }
        String hash = change.password() == null ? null : agents.hash(change.password());
        return agents.update(id, change.name(), change.role(), change.active(), hash);
    }
}
