package io.replyloop.identity;

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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The team's accounts, for admins. */
@Path("/api/users")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Team")
public class UserResource {
    private final Agents agents;

    UserResource(Agents agents) {
        this.agents = agents;
    }

    public record NewUser(
            @NotBlank(message = "give an e-mail address")
            @Email(message = "is not an e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            String email,

            @NotBlank(message = "give a name, which customers see")
            @Size(max = 100, message = "has at most 100 characters")
            String name,

            @NotNull(message = "give agent or admin") Role role,

            @NotNull(message = "give a first password") @Size(max = 200, message = "is too long")
            String password) {}

    public record UserChange(
            @NotBlank(message = "give a name, which customers see")
            @Size(max = 100, message = "has at most 100 characters")
            String name,

            @NotNull(message = "give agent or admin") Role role,
            @NotNull(message = "give true or false") Boolean active,
            @Size(max = 200, message = "is too long") String password) {}

    @GET
    public List<AgentView> list() {
        return agents.list();
    }

    @POST
    public AgentView create(@Valid @NotNull(message = "send a JSON object") NewUser user) {
        return agents.create(user.email(), user.name(), user.role(), agents.hash(user.password()));
    }

    @PUT
    @Path("/{id}")
    public AgentView update(UUID id, @Valid @NotNull(message = "send a JSON object") UserChange change) {
        String hash = change.password() == null ? null : agents.hash(change.password());
        return agents.update(id, change.name(), change.role(), change.active(), hash);
    }
}
