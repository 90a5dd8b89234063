package io.replyloop.signin;

import io.replyloop.identity.Role;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An invitation that nobody has accepted yet, as admins see it. */
@Schema(name = "Invitation")
public record InvitationView(
        @Schema(description = "Id of the invitation", required = true)
        UUID id,

        @Schema(
                description = "The address with which the person will sign in",
                examples = "ben@example.com",
                required = true)
        String email,

        @Schema(description = "The person's name, until they choose one", examples = "Ben", required = true)
        String name,

        @Schema(description = "What the person may do once they have joined", examples = "agent", required = true)
        Role role,

        @Schema(description = "Who has invited them", examples = "Anna", required = true)
        String invitedBy,

        @Schema(description = "When the link was made", required = true)
        Instant createdAt,

        @Schema(description = "When the link ends", required = true)
        Instant expiresAt,

        @Schema(
                description = "Whether the link may still be used: not after its end, nor once whoever made it is no"
                        + " admin any more",
                examples = "true",
                required = true)
        boolean usable) {}
