package io.replyloop.routing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The teams: for agents to see, for admins to change. */
@Path("/api/teams")
@RolesAllowed("admin")
@Tag(name = "Team")
public class TeamResource {
    private final Teams teams;

    TeamResource(Teams teams) {
        this.teams = teams;
    }

    @GET
    @RolesAllowed("agent")
    @Operation(operationId = "listTeams", summary = "List the teams")
    public List<TeamView> list() {
        return teams.list();
    }

    @POST
    @Operation(operationId = "createTeam", summary = "Make a team")
    @APIResponseSchema(value = TeamView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There is a team of this name, or there are too many")
    public TeamView create(@Valid @NotNull(message = "send a JSON object") TeamSettings team) {
        return teams.create(team);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateTeam", summary = "Change a team and its members")
    @APIResponseSchema(value = TeamView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There is another team of this name")
    public TeamView change(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") TeamSettings team) {
        return teams.change(id, team);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "closeTeam",
            summary = "Close a team",
            description =
                    "It takes nothing more. Its conversations stay, and are given out as if they belonged to none.")
    public void close(@RestPath UUID id) {
        teams.close(id);
    }
}
