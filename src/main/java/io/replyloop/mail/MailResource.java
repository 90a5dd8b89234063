package io.replyloop.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How mails are sent, for admins. What is configured is shown as far as it is no secret; it is changed at the server. */
@Path("/api/mail")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Mail")
public class MailResource {
    private final MailState state;
    private final CurrentAgent currentAgent;

    MailResource(MailState state, CurrentAgent currentAgent) {
        this.state = state;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "MailSettings")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MailView(
            @Schema(description = "Whether mails are sent at all", examples = "true", required = true)
            boolean on,

            @Schema(description = "From whom they are", examples = "Example shop <chat@example.com>")
            String from,

            @Schema(description = "The server that takes them", examples = "smtp.example.com:587")
            String server,

            @Schema(
                    description = "Whether a user name for that server is configured",
                    examples = "true",
                    required = true)
            boolean signedIn,

            @Schema(
                    description = "Whether the address of this server is configured, with which links in mails begin",
                    examples = "true",
                    required = true)
            boolean addressKnown,

            @Schema(description = "Whether customers can reply to mails, and how that stands; absent where they cannot")
            Replies replies,

            @Schema(description = "Mails that are to be sent", examples = "0", required = true)
            long waiting,

            @Schema(description = "Since when the oldest of them waits; absent where none does")
            Instant oldest,

            @Schema(
                    description = "What the server said when one of them was last tried; absent where none has failed",
                    examples = "Connection refused")
            String lastReason,

            @Schema(description = "The newest that did not arrive", required = true)
            List<MailFailureView> failures) {}

    @Schema(name = "MailReplies")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Replies(
            @Schema(description = "The mailbox", examples = "chat@example.com", required = true)
            String address,

            @Schema(description = "The server of the mailbox", examples = "imap.example.com:993", required = true)
            String server,

            @Schema(description = "When it was last read; absent where it never was")
            Instant readAt,

            @Schema(description = "Why it could not be read; absent where it could", examples = "Login failed")
            String failure) {}

    @Schema(name = "MailTest")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tested(
            @Schema(description = "Whether the server took the mail", examples = "true", required = true)
            boolean taken,

            @Schema(description = "To whom it went", examples = "anna@example.com", required = true)
            String to,

            @Schema(description = "What the server said instead", examples = "535 Authentication failed")
            String answer) {}

    @GET
    @Operation(operationId = "getMailSettings", summary = "Whether and how mails are sent, and what did not arrive")
    public MailView get() {
        return state.view();
    }

    @POST
    @Path("/test")
    @Operation(operationId = "sendTestMail", summary = "Send a mail to one's own address now, and say how that went")
    @APIResponseSchema(value = Tested.class, responseCode = "200")
    public Tested test(@Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        return state.test(currentAgent.get(), language);
    }
}
