package io.replyloop.signin;

import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Signing in and out. */
@Path(SessionResource.PATH)
@Tag(name = "Session")
public class SessionResource {
    static final String PATH = "/api/session";

    private final SignIn signIn;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final CurrentAgent currentAgent;

    SessionResource(SignIn signIn, Sessions sessions, SessionCookie cookie, CurrentAgent currentAgent) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookie = cookie;
        this.currentAgent = currentAgent;
    }

    public record Credentials(
            @NotBlank(message = "give your e-mail address") @Size(max = 254, message = "has at most 254 characters")
            String email,

            @NotNull(message = "give your password") @Size(max = 200, message = "is too long")
            String password) {}

    public record SessionView(UUID id, String email, String name, Role role) {
        static SessionView of(SignedInAgent agent) {
            return new SessionView(agent.id(), agent.email(), agent.name(), agent.role());
        }
    }

    @POST
    @PermitAll
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response signIn(
            @Valid @NotNull(message = "send a JSON object") Credentials credentials, @Context HttpServerRequest http) {
        String address = AddressLimit.key(
                http.remoteAddress() == null ? null : http.remoteAddress().hostAddress());
        Cookie device = http.getCookie(KnownDevices.cookieOf(credentials.email()));
        return cookie.set(signIn.withPassword(
                credentials.email(), credentials.password(), address, device == null ? null : device.getValue()));
    }

    @GET
    @RolesAllowed(Role.AGENT_NAME)
    public SessionView current() {
        return SessionView.of(currentAgent.get());
    }

    @DELETE
    @RolesAllowed(Role.AGENT_NAME)
    public Response signOut(@CookieParam(SessionCookie.NAME) String token) {
        sessions.close(token);
        return Response.noContent().cookie(cookie.removed()).build();
    }
}
