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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

    @POST
    @Operation(
            operationId = "beginModelUpload",
            summary = "Begin to upload a Hugging Face directory as .zip or .tar.gz; it is then sent in parts")
    @APIResponseSchema(value = Upload.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "Too many uploads are under way")
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
            summary = "Check a complete archive and make it a model version; what is refused is deleted")
    @APIResponseSchema(value = ModelSummary.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "Parts are missing, or the model is there already")
    @APIResponse(responseCode = "422", description = "The archive holds no model that can rank, and why")
    public ModelSummary finish(UUID id) throws IOException {
        return uploads.finish(id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "cancelModelUpload", summary = "Give up an upload and delete what has come")
    public void cancel(UUID id) {
        uploads.cancel(id);
    }
}
