package io.replyloop.attachment;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentCustomer;
import io.replyloop.identity.Role;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Hands out attachments to those who may see the message, and to senders before that. Whatever the file is, no browser
 * runs it: originals are downloads, what is shown was made here, and the headers of the interface (PageHeaders) forbid the
 * rest. Nothing is cached, because a customer may use somebody else's computer, and can be erased.
 */
@Path("/api/attachments/{id}")
@Tag(name = "Attachments")
@RolesAllowed({Role.AGENT_NAME, CurrentCustomer.ROLE})
public class AttachmentResource implements LimitedBeforeBody {
    /** A thread full of pictures is opened at once. */
    private static final int BURST = 600;

    private static final int PER_MINUTE = 600;

    private final AttachmentService attachments;
    private final SecurityIdentity caller;
    private final AddressLimit limit = new AddressLimit(PER_MINUTE, BURST);

    AttachmentResource(AttachmentService attachments, SecurityIdentity caller) {
        this.attachments = attachments;
        this.caller = caller;
    }

    @Override
    public void admit(HttpServerRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            limit.check(request.remoteAddress());
        }
    }

    @GET
    @Operation(operationId = "downloadAttachment", summary = "The file as it was sent, to be saved")
    @APIResponse(
            responseCode = "200",
            description = "The file, with the type of its contents",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response original(@RestPath UUID id) throws IOException {
        return handed(id, FileVariant.ORIGINAL);
    }

    @GET
    @Path("/large")
    @Operation(operationId = "showAttachment", summary = "A picture to look at, at most 2048 pixels wide and high")
    @APIResponse(
            responseCode = "200",
            description = "The picture, encoded anew",
            content = @Content(mediaType = "image/*", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response large(@RestPath UUID id) throws IOException {
        return handed(id, FileVariant.LARGE);
    }

    @GET
    @Path("/thumbnail")
    @Operation(operationId = "previewAttachment", summary = "A small picture, at most 480 pixels wide and high")
    @APIResponse(
            responseCode = "200",
            description = "The picture, encoded anew",
            content = @Content(mediaType = "image/*", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response thumbnail(@RestPath UUID id) throws IOException {
        return handed(id, FileVariant.THUMBNAIL);
    }

    @GET
    @Path("/state")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getUpload", summary = "What has become of one's own upload")
    public UploadView state(@RestPath UUID id) {
        return attachments
                .upload(AttachmentUploadResource.sender(caller), id)
                .orElseThrow(() -> Problem.notFound("attachment"));
    }

    @DELETE
    @Operation(operationId = "discardAttachment", summary = "Delete one's own file that is not sent")
    public void discard(@RestPath UUID id) {
        attachments.discard(AttachmentUploadResource.sender(caller), id);
    }

    private Response handed(UUID id, FileVariant variant) throws IOException {
        AttachmentService.Handed handed = attachments
                .hand(AttachmentUploadResource.sender(caller), id, variant)
                .orElseThrow(() -> Problem.notFound("attachment"));
        boolean shown = variant != FileVariant.ORIGINAL;
        return Response.ok(handed.file(), handed.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(shown ? "inline" : "attachment", handed.name()))
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .build();
    }

    /** RFC 6266, with a name in ASCII for whoever does not know the other one. */
    private static String disposition(String how, String name) {
        String ascii = name.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\%]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return how + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
