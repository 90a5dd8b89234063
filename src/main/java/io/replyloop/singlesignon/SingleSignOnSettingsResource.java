package io.replyloop.singlesignon;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.PublicAddress;
import io.replyloop.signin.PasswordRule;
import io.replyloop.signin.PasswordsFor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Through which provider the team signs in, and who may still use a password. */
@Path("/api/single-sign-on")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Team")
public class SingleSignOnSettingsResource {
    private final Providers providers;
    private final Discovery discovery;
    private final PasswordRule passwords;
    private final CurrentAgent currentAgent;
    private final PublicAddress address;

    SingleSignOnSettingsResource(
            Providers providers,
            Discovery discovery,
            PasswordRule passwords,
            CurrentAgent currentAgent,
            PublicAddress address) {
        this.providers = providers;
        this.discovery = discovery;
        this.passwords = passwords;
        this.currentAgent = currentAgent;
        this.address = address;
    }

    @Schema(name = "SingleSignOn")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Overview(
            @Schema(description = "The provider; absent without one")
            ProviderSettings provider,

            @Schema(
                    description = "To be registered at the provider: where it sends browsers back to",
                    examples = "https://chat.example.com/api/session/single-sign-on/enter",
                    required = true)
            String redirectAddress,

            @Schema(
                    description = "To be registered there for signing out: where browsers go afterwards",
                    examples = "https://chat.example.com/console/",
                    required = true)
            String afterSignOut,

            @Schema(
                    description = "To be registered there, so that a session that ends there ends here",
                    examples = "https://chat.example.com/api/session/single-sign-on/signed-out",
                    required = true)
            String signOutNotices,

            @Schema(description = "Who may sign in with a password", examples = "everybody", required = true)
            PasswordsFor passwordsFor,

            @Schema(
                    description =
                            "Whether you have come in through this provider before, as whoever takes passwords away has to",
                    examples = "true",
                    required = true)
            boolean triedByYou) {}

    @Schema(name = "NewIdentityProvider")
    public record Wanted(
            @Schema(description = "The provider") @NotNull(message = "give the provider") @Valid
            ProviderSettings provider,

            @Schema(description = "The secret of the client; absent to keep the one that is there", examples = "s3cr3t")
            @Size(min = 1, max = 1000, message = "has 1 to 1000 characters")
            @PlainText(lines = false)
            String clientSecret) {}

    @Schema(name = "PasswordRule")
    public record Passwords(
            @Schema(description = "Who may sign in with a password", examples = "admins")
            @NotNull(message = "give everybody, admins or nobody")
            PasswordsFor passwordsFor) {}

    @GET
    @Operation(operationId = "getSingleSignOn", summary = "Through which provider the team signs in")
    public Overview get(@Context HttpServerRequest http) {
        ProviderSettings provider = providers.current().map(Provider::settings).orElse(null);
        String base = address.base(http).orElse("");
        return new Overview(
                provider,
                base + SingleSignOnResource.ENTRANCE,
                base + "/console/",
                base + BackChannelResource.PATH,
                passwords.decided(),
                provider != null && providers.isKnownThere(currentAgent.get().id(), provider.issuer()));
    }

    @PUT
    @Operation(
            operationId = "setSingleSignOn",
            summary = "Name the provider; its published configuration is read first")
    @APIResponse(responseCode = "204", description = "The sign-in page offers it")
    public void set(@Valid @NotNull(message = "send a JSON object") Wanted wanted) {
        ProviderSettings provider = wanted.provider().tidied();
        discovery.published(provider.issuer());
        providers.set(provider, wanted.clientSecret());
    }

    @DELETE
    @Operation(operationId = "removeSingleSignOn", summary = "Sign in with passwords alone, as before")
    @APIResponse(responseCode = "204", description = "Everybody may sign in with a password")
    public void remove() {
        providers.remove();
    }

    @PUT
    @Path("/passwords")
    @Operation(operationId = "decidePasswords", summary = "Say who may sign in with a password")
    @APIResponse(responseCode = "204", description = "It is so from the next sign-in on")
    @APIResponse(responseCode = "409", description = "You have not come in through the provider yet")
    public void passwords(@Valid @NotNull(message = "send a JSON object") Passwords wanted) {
        providers.decidePasswords(currentAgent.get(), wanted.passwordsFor());
    }

    @GET
    @Path("/people")
    @Operation(
            operationId = "listSingleSignOnPeople",
            summary = "The accounts whose owners have come in through a provider")
    public List<UUID> people() {
        return providers.known();
    }

    @DELETE
    @Path("/people/{id}")
    @Operation(
            operationId = "forgetSingleSignOnPerson",
            summary =
                    "Forget who somebody is at the provider; the next time they come in by their address, as at first")
    @APIResponse(responseCode = "204", description = "It is forgotten; who is signed in stays so")
    public void forget(UUID id) {
        providers.forget(id);
    }
}
