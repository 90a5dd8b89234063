package io.replyloop.singlesignon;

import io.replyloop.platform.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The provider through which the team signs in, without its secrets. */
@Schema(name = "IdentityProvider")
public record ProviderSettings(
        @Schema(
                description = "Address of the provider, below which it publishes its OpenID configuration",
                examples = "https://login.example.com/realms/company",
                required = true)
        @NotBlank(message = "give the provider's address")
        @Size(max = 500, message = "has at most 500 characters")
        String issuer,

        @Schema(
                description = "The name under which Replyloop is registered there",
                examples = "replyloop",
                required = true)
        @NotBlank(message = "give the client id")
        @Size(max = 300, message = "has at most 300 characters")
        @PlainText(lines = false)
        String clientId,

        @Schema(description = "What the button says after “Sign in with”", examples = "Example Ltd", required = true)
        @NotBlank(message = "give a name for the button")
        @Size(max = 60, message = "has at most 60 characters")
        @PlainText(lines = false)
        String name,

        @Schema(
                description = "The claim that lists somebody's groups; dots lead into a claim with parts",
                examples = "groups",
                required = true)
        @NotBlank(message = "give the claim that lists groups, such as groups")
        @Size(max = 200, message = "has at most 200 characters")
        @Pattern(regexp = "[^\\s]+", message = "has no spaces")
        String groupsClaim,

        @Schema(description = "Groups whose members are admins here; with none, roles are given here", required = true)
        @NotNull(message = "give a list, which may be empty")
        @Size(max = 50, message = "has at most 50 entries")
        List<@NotBlank(message = "must not be empty") @Size(max = 200, message = "has at most 200 characters") String>
                adminGroups,

        @Schema(description = "Groups whose members are agents here; with none, everybody there is", required = true)
        @NotNull(message = "give a list, which may be empty")
        @Size(max = 50, message = "has at most 50 entries")
        List<@NotBlank(message = "must not be empty") @Size(max = 200, message = "has at most 200 characters") String>
                agentGroups,

        @Schema(
                description = "Whether somebody without an account gets one when they first sign in",
                examples = "true",
                required = true)
        @NotNull(message = "is true or false")
        Boolean newAccounts,

        @Schema(
                description = "Whether addresses count that the provider does not call verified: only where nobody can"
                        + " choose their address there",
                examples = "false",
                required = true)
        @NotNull(message = "is true or false")
        Boolean trustsAddresses,

        @Schema(description = "Whether signing out here signs out there, too", examples = "false", required = true)
        @NotNull(message = "is true or false")
        Boolean signsOutThere) {

    /** Spaces around, and a slash at the end of the address, mean nothing. */
    ProviderSettings tidied() {
        return new ProviderSettings(
                tidied(issuer),
                clientId.strip(),
                name.strip(),
                groupsClaim.strip(),
                tidied(adminGroups),
                tidied(agentGroups),
                newAccounts,
                trustsAddresses,
                signsOutThere);
    }

    /** Some providers write a slash at the end of what they call themselves, also where the address was given without. */
    static String tidied(String issuer) {
        return issuer.strip().replaceAll("/+$", "");
    }

    private static List<String> tidied(List<String> groups) {
        return groups.stream().map(String::strip).distinct().toList();
    }

    /** For the audit log. */
    Map<String, Object> facts() {
        return Map.of(
                "issuer", issuer,
                "clientId", clientId,
                "name", name,
                "groupsClaim", groupsClaim,
                "adminGroups", String.join(", ", adminGroups),
                "agentGroups", String.join(", ", agentGroups),
                "newAccounts", newAccounts,
                "trustsAddresses", trustsAddresses,
                "signsOutThere", signsOutThere);
    }
}
