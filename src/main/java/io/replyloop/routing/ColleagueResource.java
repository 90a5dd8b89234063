package io.replyloop.routing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Who of the team is there, and how much they have. */
@Path("/api/colleagues")
@RolesAllowed("agent")
@Tag(name = "Team")
public class ColleagueResource {
    private final Availability availability;

    ColleagueResource(Availability availability) {
        this.availability = availability;
    }

    @Schema(name = "AgentCapacity")
    public record Capacity(
            @Schema(description = "How many open conversations they are given at most", examples = "5")
            @NotNull(message = "give a number")
            @Min(value = 1, message = "is at least 1")
            @Max(value = 100, message = "is at most 100")
            Integer capacity) {}

    @GET
    @Operation(
            operationId = "listColleagues",
            summary = "Who of the team is there",
            description = "Everybody who may sign in, by name, with what they hold.")
    public List<ColleagueView> list() {
        return availability.colleagues();
    }

    @PUT
    @Path("/{id}/capacity")
    @RolesAllowed("admin")
    @Operation(
            operationId = "updateAgentCapacity",
            summary = "Change how many conversations an agent is given at most",
            description = "Of conversations that are given out in turn; agents may take more themselves.")
    public void capacity(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Capacity capacity) {
        availability.changeCapacity(id, capacity.capacity());
    }
}
