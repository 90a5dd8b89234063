package io.replyloop.signin;

import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.PlainText;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** For whoever holds a link: of an invitation, or for a new password. Tokens are in bodies, which no log has. */
@Path("/api/account-links")
@PermitAll
@Tag(name = "Session")
public class AccountLinkResource implements LimitedBeforeBody {
    private final AccountLinks links;
    private final Agents agents;
    private final AddressLimit limit;

    AccountLinkResource(AccountLinks links, Agents agents, SignInConfig config) {
        this.links = links;
        this.agents = agents;
        this.limit = new AddressLimit(config.links().perMinute(), config.links().perMinute());
    }

    @Schema(name = "AccountLinkToken")
    public record Token(
            @Schema(description = "What follows the # in the link", examples = "bXkgdG9rZW4")
            @NotBlank(message = "give the token of the link")
            @Size(max = 200, message = "is not the token of a link")
            String token) {}

    @Schema(name = "AccountLinkTarget")
    public record LinkTarget(
            @Schema(description = "Whether the link makes an account", examples = "true", required = true)
            boolean invitation,

            @Schema(
                    description = "The address with which the person signs in",
                    examples = "ben@example.com",
                    required = true)
            String email,

            @Schema(description = "The person's name", examples = "Ben", required = true)
            String name,

            @Schema(description = "Of an invitation: what the person will be able to do", examples = "agent")
            Role role) {}

    @Schema(name = "AcceptedInvitation")
    public record Accepted(
            @Schema(description = "What follows the # in the link", examples = "bXkgdG9rZW4")
            @NotBlank(message = "give the token of the link")
            @Size(max = 200, message = "is not the token of a link")
            String token,

            @Schema(description = "Your name, which customers see; absent keeps the admin's", examples = "Ben")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "The password that you will sign in with", examples = "correct horse battery")
            @NotNull(message = "give a password")
            @Size(max = 200, message = "is too long")
            String password) {}

    @Schema(name = "ForgottenPassword")
    public record Forgotten(
            @Schema(description = "What follows the # in the link", examples = "bXkgdG9rZW4")
            @NotBlank(message = "give the token of the link")
            @Size(max = 200, message = "is not the token of a link")
            String token,

            @Schema(description = "The new password", examples = "correct horse battery")
            @NotNull(message = "give a new password")
            @Size(max = 200, message = "is too long")
            String password) {}

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @POST
    @Path("/check")
    @Operation(operationId = "checkAccountLink", summary = "Whether a link may still be used, and for whom it is")
    @APIResponseSchema(value = LinkTarget.class, responseCode = "200")
    public LinkTarget check(@Valid @NotNull(message = "send a JSON object") Token link) {
        AccountLinks.Target target = links.require(link.token());
        return new LinkTarget(target.account() == null, target.email(), target.name(), target.role());
    }

    @POST
    @Path("/join")
    @Operation(operationId = "acceptInvitation", summary = "Make the account of an invitation; then sign in with it")
    @APIResponse(responseCode = "204", description = "Made")
    @APIResponse(responseCode = "409", description = "The address has got an account meanwhile")
    public void join(@Valid @NotNull(message = "send a JSON object") Accepted accepted) {
        // Checked before hashing, so that strangers cannot cause the cost of it.
        links.require(accepted.token());
        String name = accepted.name() == null || accepted.name().isBlank() ? null : accepted.name();
        links.join(accepted.token(), name, agents.hash(accepted.password()));
    }

    @POST
    @Path("/password")
    @Operation(
            operationId = "replaceForgottenPassword",
            summary = "Set the password of the account that the link is for; all its sessions end")
    @APIResponse(responseCode = "204", description = "Set")
    public void changePassword(@Valid @NotNull(message = "send a JSON object") Forgotten forgotten) {
        links.require(forgotten.token());
        links.changePassword(forgotten.token(), agents.hash(forgotten.password()));
    }
}
