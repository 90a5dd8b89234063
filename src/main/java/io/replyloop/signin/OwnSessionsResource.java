package io.replyloop.signin;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where one is signed in oneself. */
@Path("/api/sessions")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Session")
public class OwnSessionsResource {
    private final SignedInDevices devices;
    private final CurrentAgent currentAgent;
    private final SecurityIdentity identity;

    OwnSessionsResource(SignedInDevices devices, CurrentAgent currentAgent, SecurityIdentity identity) {
        this.devices = devices;
        this.currentAgent = currentAgent;
        this.identity = identity;
    }

    @GET
    @Operation(operationId = "listOwnSessions", summary = "Where you are signed in")
    public List<SessionOnDevice> list() {
        return devices.of(currentAgent.get().id(), SessionAuthentication.sessionOf(identity));
    }

    @DELETE
    @Operation(operationId = "endOtherSessions", summary = "Sign out everywhere else")
    @APIResponse(responseCode = "204", description = "Only this session is left")
    public void endOthers() {
        devices.endOthers(currentAgent.get(), SessionAuthentication.sessionOf(identity));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endSession", summary = "Sign out in one place")
    @APIResponse(responseCode = "204", description = "Signed out there")
    public void end(String id) {
        devices.end(currentAgent.get(), id);
    }
}
