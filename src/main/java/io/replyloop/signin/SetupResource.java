package io.replyloop.signin;

import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.PlainText;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Creates the first admin by means of the link from the console. */
@Path("/api/setup")
@PermitAll
@Tag(name = "Session")
public class SetupResource implements LimitedBeforeBody {
    private final Setup setup;
    private final Agents agents;
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final AddressLimit limit;

    SetupResource(Setup setup, Agents agents, SignIn signIn, SessionCookie cookie, SignInConfig config) {
        this.setup = setup;
        this.agents = agents;
        this.signIn = signIn;
        this.cookie = cookie;
        this.limit = new AddressLimit(config.setup().perMinute(), config.setup().perMinute());
    }

    public record FirstAdmin(
            @Schema(description = "The token of the link that the first start prints")
            @NotBlank(message = "give the token of the link")
            @Size(max = 200, message = "is not the token of a link")
            String token,

            @Schema(description = "Your address", examples = "admin@example.com")
            @NotBlank(message = "give an e-mail address")
            @Email(message = "is not an e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            String email,

            @Schema(description = "Your name, which customers see", examples = "Alex")
            @NotBlank(message = "give a name, which customers see")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "The password that you will sign in with", examples = "correct horse battery")
            @NotNull(message = "give a password")
            @Size(max = 200, message = "is too long")
            String password) {}

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @GET
    @Operation(operationId = "checkSetupToken", summary = "Whether the link for the first admin may still be used")
    public void check(@Parameter(description = "The token of the link") @QueryParam("token") String token) {
        setup.requireUsable(token);
    }

    @POST
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SessionResource.SessionView.class)))
    @Operation(operationId = "makeFirstAdmin", summary = "Make the first admin and sign in")
    public Response make(
            @Valid @NotNull(message = "send a JSON object") FirstAdmin admin, @Context HttpServerRequest http) {
        // Checked before hashing, so that strangers cannot cause the cost of it.
        setup.requireUsable(admin.token());
        String hash = agents.hash(admin.password());
        SignedInAgent made = setup.makeFirstAdmin(admin.token(), admin.email(), admin.name(), hash);
        return cookie.set(signIn.open(made, SessionDevice.of(http.getHeader("User-Agent"))));
    }
}
