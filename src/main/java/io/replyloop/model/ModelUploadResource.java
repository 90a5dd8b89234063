package io.replyloop.model;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A model from elsewhere: an archive in parts, which becomes a version when it is whole and has been checked. */
@Path("/api/model-uploads")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ModelUploadResource {
    /** Well below the time after which a silent connection is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ModelUploads uploads;
    private final SecurityIdentity caller;

    ModelUploadResource(ModelUploads uploads, SecurityIdentity caller) {
        this.uploads = uploads;
        this.caller = caller;
    }

    @Schema(name = "ModelUploadWish")
    public record Wish(
            @Schema(description = "Name of the file", examples = "reranker.zip", required = true)
            @NotBlank
            @Size(max = 200)
            String file,

            @Schema(description = "Its length in bytes", examples = "90000000", required = true) @NotNull @Min(1)
            Long bytes) {}

    @Schema(name = "ModelUpload")
    public record Upload(
            @Schema(description = "Id of the upload", required = true)
            UUID id,

            @Schema(description = "Bytes that a part has at most", examples = "8388608", required = true)
            int part,

            @Schema(description = "Bytes that have come", examples = "0", required = true)
            long received) {}

    @Schema(name = "ModelUploadUnderCheck")
    public record UnderCheck(
            @Schema(description = "Id of the upload that is being checked", required = true)
            UUID upload) {}

    @Schema(name = "ModelUploadUnderWay")
    public record UnderWay(
            @Schema(description = "Id of the upload", required = true)
            UUID id,

            @Schema(description = "Name of the file", examples = "reranker.zip", required = true)
            String file,

            @Schema(description = "Its length in bytes", examples = "90000000", required = true)
            long bytes,

            @Schema(description = "Bytes that have come", examples = "8388608", required = true)
            long received,

            @Schema(description = "Account that has begun it", required = true)
            UUID by,

            @Schema(description = "When it was begun", examples = "2026-11-29T21:00:00Z", required = true)
            String begun,

            @Schema(
                    description = "Whether it is whole and being checked, and can no longer be given up",
                    required = true)
            boolean checking) {
        static UnderWay of(UploadFolders.UnderWay one) {
            UploadFolders.Note note = one.note();
            return new UnderWay(
                    one.id(), note.file(), note.bytes(), one.received(), note.by(), note.begun(), one.checking());
        }
    }

    @GET
    @Operation(
            operationId = "listModelUploads",
            summary = "Uploads that are under way, of all admins; one that gets no parts for 15 minutes gives way")
    public List<UnderWay> underWay() throws IOException {
        return uploads.underWay().stream().map(UnderWay::of).toList();
    }

    @POST
    @Operation(
            operationId = "beginModelUpload",
            summary = "Begin to upload a Hugging Face directory as .zip or .tar.gz; it is then sent in parts")
    @APIResponseSchema(value = Upload.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "Too many uploads are under way, and which")
    @APIResponse(responseCode = "413", description = "The file is too large")
    public Upload begin(@Valid @NotNull Wish wish) throws IOException {
        UUID admin = UUID.fromString(caller.getPrincipal().getName());
        return new Upload(uploads.begin(wish.file(), wish.bytes(), admin), ModelUploads.PART, 0);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(operationId = "appendToModelUpload", summary = "Send the next part of an archive")
    @APIResponseSchema(value = Upload.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The part does not begin where the one before ended")
    @APIResponse(responseCode = "413", description = "The part is too large")
    public Upload append(
            UUID id,
            @Parameter(description = "Where in the file the part begins") @QueryParam("offset") @NotNull @Min(0)
                    Long offset,
            InputStream body)
            throws IOException {
        return new Upload(id, ModelUploads.PART, uploads.append(id, offset, body));
    }

    @POST
    @Path("/{id}/finish")
    @Operation(
            operationId = "finishModelUpload",
            summary = "Check a complete archive and make it a model version; what is refused is deleted",
            description =
                    "A check of a large model takes longer than a request: ask again after 202. For an hour, asking"
                            + " again tells how the check ended, also if the connection was lost meanwhile.")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ModelSummary.class)))
    @APIResponse(
            responseCode = "202",
            description = "It is still being checked; ask again",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = UnderCheck.class)))
    @APIResponse(responseCode = "409", description = "Parts are missing")
    @APIResponse(
            responseCode = "422",
            description = "The archive holds no model that can rank, or one that is there already, and why")
    @Produces(MediaType.APPLICATION_JSON)
    public Response finish(UUID id) throws IOException {
        return uploads.finish(id, PATIENCE)
                .map(model -> Response.ok(model).build())
                .orElseGet(() -> Response.accepted(new UnderCheck(id)).build());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "cancelModelUpload", summary = "Give up an upload and delete what has come")
    public void cancel(UUID id) throws IOException {
        uploads.cancel(id);
    }
}
