package io.replyloop.signin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.LimitedBeforeBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Signing in and out. */
@Path(SessionResource.PATH)
@Tag(name = "Session")
public class SessionResource implements LimitedBeforeBody {
    static final String PATH = "/api/session";

    private final SignIn signIn;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final CurrentAgent currentAgent;
    private final OwnPassword ownPassword;
    private final Instance<SignOutElsewhere> elsewhere;
    private final KnownDevices devices;
    private final AddressLimit limit;
    private final AddressLimit deviceLimit;

    SessionResource(
            SignIn signIn,
            Sessions sessions,
            SessionCookie cookie,
            CurrentAgent currentAgent,
            OwnPassword ownPassword,
            Instance<SignOutElsewhere> elsewhere,
            KnownDevices devices,
            SignInConfig config) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookie = cookie;
        this.currentAgent = currentAgent;
        this.ownPassword = ownPassword;
        this.elsewhere = elsewhere;
        this.devices = devices;
        this.limit = new AddressLimit(config.perMinute(), config.burst());
        this.deviceLimit = new AddressLimit(config.devicePerMinute(), config.devicePerMinute());
    }

    /** The limits on attempts need the account, which is in the body. This limit only keeps floods away from them. */
    @Override
    public void admit(HttpServerRequest request) {
        if (request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT) {
            devices.atOnce(request.cookies())
                    .ifPresentOrElse(
                            device -> deviceLimit.check(device, "from this browser"),
                            () -> limit.check(request.remoteAddress()));
        }
    }

    public record Credentials(
            @Schema(description = "Your address", examples = "anna@example.com")
            @NotBlank(message = "give your e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            String email,

            @Schema(description = "Your password", examples = "correct horse battery")
            @NotNull(message = "give your password")
            @Size(max = 200, message = "is too long")
            String password,

            @Schema(
                    description =
                            "The code of your second step, where you have one: of the authenticator, or a recovery"
                                    + " code",
                    examples = "123456")
            @Size(max = 40, message = "is too long")
            String code) {}

    public record NewPassword(
            @Schema(description = "Your present password", examples = "correct horse battery")
            @NotNull(message = "give your present password")
            @Size(max = 200, message = "is too long")
            String current,

            @Schema(
                    description = "The new one: at least 10 characters, at most 72 bytes",
                    examples = "staple the correct horse")
            @NotNull(message = "give a new password")
            @Size(max = 200, message = "is too long")
            String password) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SessionView(
            @Schema(description = "Id of your account", required = true)
            UUID id,

            @Schema(description = "Your address", examples = "anna@example.com", required = true)
            String email,

            @Schema(description = "Your name, which customers see", examples = "Anna", required = true)
            String name,

            @Schema(description = "What you may do", examples = "agent", required = true)
            Role role,

            @Schema(
                    description = "Recovery codes, where this sign-in has set up the second step. They are shown once",
                    examples = "[\"abcd-efgh-ijkl-mnop\"]")
            List<String> recoveryCodes) {
        static SessionView of(SignedInAgent agent) {
            return of(agent, null);
        }

        static SessionView of(SignedInAgent agent, List<String> recoveryCodes) {
            return new SessionView(agent.id(), agent.email(), agent.name(), agent.role(), recoveryCodes);
        }
    }

    @POST
    @PermitAll
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SessionView.class)))
    @Operation(operationId = "signIn", summary = "Sign in with a password; the answer sets the session's cookie")
    public Response signIn(
            @Valid @NotNull(message = "send a JSON object") Credentials credentials, @Context HttpServerRequest http) {
        return cookie.set(signIn.withPassword(
                credentials.email(),
                credentials.password(),
                credentials.code(),
                SignInClient.of(http, credentials.email())));
    }

    @GET
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(operationId = "getSession", summary = "Who is signed in")
    public SessionView current() {
        return SessionView.of(currentAgent.get());
    }

    @Schema(name = "SignedOut")
    public record SignedOutView(
            @Schema(
                    description = "Where the browser goes on, to be signed out there, too",
                    examples = "https://login.example.com/logout",
                    required = true)
            String continueAt) {}

    @DELETE
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(operationId = "signOut", summary = "Sign out")
    @APIResponse(responseCode = "204", description = "Signed out; the cookie is taken back")
    @APIResponse(
            responseCode = "200",
            description = "The same, and the session of the identity provider has to end, too",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SignedOutView.class)))
    public Response signOut(@CookieParam(SessionCookie.NAME) String token, @Context HttpServerRequest http) {
        List<Supplier<Optional<String>>> addresses = elsewhere.stream()
                .map(other -> other.address(SecretToken.nameOf(token), http))
                .toList();
        sessions.close(currentAgent.get(), token);
        return addresses.stream()
                .flatMap(address -> address.get().stream())
                .findFirst()
                .map(address -> Response.ok(new SignedOutView(address)))
                .orElseGet(Response::noContent)
                .cookie(cookie.removed())
                .build();
    }

    @PUT
    @Path("/password")
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(
            operationId = "changePassword",
            summary = "Change your own password; your other sessions end, this one goes on")
    @APIResponse(responseCode = "204", description = "Changed")
    public void changePassword(
            @Valid @NotNull(message = "send a JSON object") NewPassword wanted,
            @CookieParam(SessionCookie.NAME) String token,
            @Context HttpServerRequest http) {
        SignedInAgent agent = currentAgent.get();
        ownPassword.change(agent, token, wanted, SignInClient.of(http, agent.email()));
    }
}
