package io.replyloop.signin;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who may join the team, for admins. */
@Path("/api/invitations")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Team")
public class InvitationResource {
    private final Invitations invitations;
    private final CurrentAgent currentAgent;

    InvitationResource(Invitations invitations, CurrentAgent currentAgent) {
        this.invitations = invitations;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "NewInvitation")
    public record NewInvitation(
            @Schema(description = "The address with which the person will sign in", examples = "ben@example.com")
            @NotBlank(message = "give an e-mail address")
            @Email(message = "is not an e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            String email,

            @Schema(description = "The name that customers see; the person may change it", examples = "Ben")
            @NotBlank(message = "give a name, which customers see")
            @Size(max = 100, message = "has at most 100 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "What the person may do", examples = "agent")
            @NotNull(message = "give agent or admin")
            Role role) {}

    @Schema(name = "InvitationLink")
    public record InvitationLink(
            @Schema(description = "The invitation", required = true)
            InvitationView invitation,

            @Schema(
                    description = "The link without the server's address. Shown once: the server keeps only its hash",
                    examples = "/join/#bXkgdG9rZW4",
                    required = true)
            String path,

            @Schema(
                    description = "Whether the link is mailed to the person, too; not where mails are off",
                    examples = "true",
                    required = true)
            boolean mailed) {
        private static InvitationLink of(Invitations.Made made) {
            return new InvitationLink(made.invitation(), AccountLinks.path(made.token()), made.mailed());
        }
    }

    @GET
    @Operation(operationId = "listInvitations", summary = "List the invitations that nobody has accepted yet")
    public List<InvitationView> list() {
        return invitations.list();
    }

    @POST
    @Operation(operationId = "invite", summary = "Invite somebody into the team; the answer has the link to hand over")
    @APIResponseSchema(value = InvitationLink.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The address has an account, or an invitation")
    public InvitationLink invite(
            @Valid @NotNull(message = "send a JSON object") NewInvitation wanted,
            @Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        return InvitationLink.of(
                invitations.invite(currentAgent.get(), wanted.email(), wanted.name(), wanted.role(), language));
    }

    @POST
    @Path("/{id}/renew")
    @Operation(operationId = "renewInvitation", summary = "Make a new link for an invitation; the old one ends")
    @APIResponseSchema(value = InvitationLink.class, responseCode = "200")
    public InvitationLink renew(UUID id, @Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        return InvitationLink.of(invitations.renew(currentAgent.get(), id, language));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "withdrawInvitation", summary = "Withdraw an invitation; its link ends")
    @APIResponse(responseCode = "204", description = "Nobody can accept it")
    public void withdraw(UUID id) {
        invitations.withdraw(id);
    }
}
