package io.replyloop.mail;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A mail that did not arrive, as admins see it. */
@Schema(name = "MailFailure")
public record MailFailureView(
        @Schema(description = "Id of the mail", required = true)
        UUID id,

        @Schema(description = "What it was about", examples = "invitation", required = true)
        MailKind kind,

        @Schema(description = "To whom", examples = "ben@example.com", required = true)
        String to,

        @Schema(
                description = "Why, in the words of the other server",
                examples = "550 5.1.1 No such user here",
                required = true)
        String reason,

        @Schema(description = "When it was given up, or came back", required = true)
        Instant at) {}
