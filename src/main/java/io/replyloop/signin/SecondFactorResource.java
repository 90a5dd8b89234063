package io.replyloop.signin;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.LimitedBeforeBody;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One's own second step of signing in. What weakens it asks for the password again. */
@Path("/api/session/second-factor")
@Tag(name = "Session")
public class SecondFactorResource implements LimitedBeforeBody {
    private final SecondFactors factors;
    private final SignIn signIn;
    private final OwnPassword ownPassword;
    private final CurrentAgent currentAgent;
    private final SecurityIdentity identity;
    private final AddressLimit limit;

    SecondFactorResource(
            SecondFactors factors,
            SignIn signIn,
            OwnPassword ownPassword,
            CurrentAgent currentAgent,
            SecurityIdentity identity,
            SignInConfig config) {
        this.factors = factors;
        this.signIn = signIn;
        this.ownPassword = ownPassword;
        this.currentAgent = currentAgent;
        this.identity = identity;
        this.limit = new AddressLimit(config.perMinute(), config.burst());
    }

    @Schema(name = "SecondFactorState")
    public record FactorState(
            @Schema(description = "Whether a code is asked for when you sign in", examples = "true", required = true)
            boolean on,

            @Schema(description = "Whether you have to have it", examples = "false", required = true)
            boolean required,

            @Schema(description = "How many recovery codes are left", examples = "10", required = true)
            long recoveryCodesLeft) {}

    @Schema(name = "PresentPassword")
    public record PresentPassword(
            @Schema(description = "Your present password", examples = "correct horse battery")
            @NotNull(message = "give your present password")
            @Size(max = 200, message = "is too long")
            String current) {}

    @Schema(name = "SecondFactorSecret")
    public record Secret(
            @Schema(
                    description = "The secret to type into an authenticator",
                    examples = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                    required = true)
            String secret,

            @Schema(
                    description = "The same as an address, which authenticators read from a QR code",
                    examples = "otpauth://totp/Replyloop:anna%40example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Replyloop",
                    required = true)
            String address) {
        private static Secret of(SecondFactors.NewSecret made) {
            return new Secret(made.secret(), made.address());
        }
    }

    @Schema(name = "SecondFactorCode")
    public record Code(
            @Schema(description = "The code that the authenticator shows", examples = "123456")
            @NotBlank(message = "give the code that the authenticator shows")
            @Size(max = 40, message = "is too long")
            String code) {}

    @Schema(name = "RecoveryCodes")
    public record Recovery(
            @Schema(
                    description = "Each stands in for one code of the authenticator. They are shown once",
                    examples = "[\"abcd-efgh-ijkl-mnop\"]",
                    required = true)
            List<String> codes) {}

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @GET
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(operationId = "getSecondFactor", summary = "Whether you sign in with a second step")
    public FactorState state() {
        SecondFactors.State state = factors.stateOf(currentAgent.get());
        return new FactorState(state.on(), state.required(), state.recoveryCodesLeft());
    }

    @POST
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(operationId = "beginSecondFactor", summary = "Make a secret, which counts once it is confirmed")
    @APIResponseSchema(value = Secret.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "It is switched on already")
    public Secret begin(
            @Valid @NotNull(message = "send a JSON object") PresentPassword password, @Context HttpServerRequest http) {
        return Secret.of(factors.begin(whoKnows(password, http)));
    }

    @POST
    @Path("/at-sign-in")
    @PermitAll
    @Operation(
            operationId = "beginSecondFactorAtSignIn",
            summary = "Make a secret for somebody who may sign in only with a second step; then sign in with its code")
    @APIResponseSchema(value = Secret.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "It is not needed, or set up already")
    public Secret beginAtSignIn(
            @Valid @NotNull(message = "send a JSON object") SessionResource.Credentials credentials,
            @Context HttpServerRequest http) {
        return Secret.of(signIn.beginSecondFactor(
                credentials.email(), credentials.password(), SignInClient.of(http, credentials.email())));
    }

    @POST
    @Path("/confirm")
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(
            operationId = "confirmSecondFactor",
            summary = "Switch the second step on; your other sessions end, and you get recovery codes")
    @APIResponseSchema(value = Recovery.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There is no secret to confirm")
    public Recovery confirm(@Valid @NotNull(message = "send a JSON object") Code code) {
        return new Recovery(
                factors.confirm(currentAgent.get(), code.code(), SessionAuthentication.sessionOf(identity)));
    }

    @POST
    @Path("/recovery-codes")
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(operationId = "renewRecoveryCodes", summary = "Make new recovery codes; the old ones end")
    @APIResponseSchema(value = Recovery.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The second step is switched off")
    public Recovery renewCodes(
            @Valid @NotNull(message = "send a JSON object") PresentPassword password, @Context HttpServerRequest http) {
        return new Recovery(factors.renewRecoveryCodes(whoKnows(password, http)));
    }

    @POST
    @Path("/remove")
    @RolesAllowed(Role.AGENT_NAME)
    @Operation(operationId = "removeSecondFactor", summary = "Switch the second step off")
    @APIResponse(responseCode = "204", description = "The password is enough")
    @APIResponse(responseCode = "409", description = "You have to have it")
    public void remove(
            @Valid @NotNull(message = "send a JSON object") PresentPassword password, @Context HttpServerRequest http) {
        factors.remove(whoKnows(password, http));
    }

    private SignedInAgent whoKnows(PresentPassword password, HttpServerRequest http) {
        SignedInAgent agent = currentAgent.get();
        ownPassword.require(agent, password.current(), SignInClient.of(http, agent.email()));
        return agent;
    }
}
