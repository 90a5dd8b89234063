package io.replyloop.attachment;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.CurrentCustomer;
import io.replyloop.identity.Role;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes files that are to be attached. A class of its own, because its limits hold before a body is read. */
@Path("/api/attachments")
@Tag(name = "Attachments")
@RolesAllowed({Role.AGENT_NAME, CurrentCustomer.ROLE})
public class AttachmentUploadResource implements LimitedBeforeBody {
    private final AttachmentUploads uploads;
    private final SecurityIdentity caller;
    private final AddressLimit limit;

    AttachmentUploadResource(AttachmentUploads uploads, SecurityIdentity caller, AttachmentConfig config) {
        this.uploads = uploads;
        this.caller = caller;
        limit = new AddressLimit(config.addressPerMinute(), config.addressBurst());
    }

    /** Of customers alone: everybody can be one, and the role of the others has been checked by now. */
    @Override
    public void admit(HttpServerRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            limit.check(request.remoteAddress());
        }
    }

    @Override
    public OptionalLong longestFile() {
        return OptionalLong.of(uploads.largest());
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "uploadAttachment",
            summary = "Upload a file that a message is to carry",
            description = "The body is the file. Agents are signed in; customers send their token as `Authorization:"
                    + " Bearer`. What the file is, is decided by its contents. Repeating it with the same id and"
                    + " the same bytes changes nothing. A file that no message names within a day is deleted.")
    @APIResponseSchema(value = UploadView.class, responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such conversation")
    @APIResponse(responseCode = "409", description = "The id was used for another file")
    @APIResponse(responseCode = "413", description = "The file is too large")
    @APIResponse(responseCode = "415", description = "Files of this kind cannot be sent")
    public UploadView upload(
            @Parameter(description = "A UUID that the client makes for the file") @QueryParam("id") @NotNull UUID id,
            @Parameter(description = "What the file is called; cleaned before it is stored") @QueryParam("name")
                    String name,
            @Parameter(description = "Agents: the conversation that it is for") @QueryParam("conversation")
                    UUID conversation,
            InputStream body)
            throws IOException {
        Sender sender = sender(caller);
        if (!sender.isCustomer() && conversation == null) {
            throw new Problem(ProblemCode.INVALID, "Say for which conversation the file is.");
        }
        return uploads.take(sender, id, name, conversation, body);
    }

    static Sender sender(SecurityIdentity caller) {
        return CurrentCustomer.of(caller).map(Sender::of).orElseGet(() -> Sender.of(CurrentAgent.of(caller)));
    }
}
