package io.replyloop.training;

import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A model to take elsewhere: its card, and its directory, which `transformers` loads. */
@Path("/api/models/{id}")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ModelFilesResource {
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final String ZIP = "application/zip";

    private final ModelRegistry models;
    private final ModelCards cards;
    private final ModelDownloads downloads;

    ModelFilesResource(ModelRegistry models, ModelCards cards, ModelDownloads downloads) {
        this.downloads = downloads;
        this.models = models;
        this.cards = cards;
    }

    @GET
    @Path("/card")
    @Produces(MARKDOWN)
    @Operation(
            operationId = "getModelCard",
            summary = "The model card: lineage, training, evaluation and limits, in Markdown")
    public String card(UUID id) {
        return cards.card(id);
    }

    @GET
    @Path("/download")
    @Produces(ZIP)
    @Operation(
            operationId = "downloadModel",
            summary = "The model as a Hugging Face directory with its card, in a ZIP archive")
    @APIResponse(
            responseCode = "200",
            description = "The archive",
            content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "429", description = "Too many downloads are under way; when to try again")
    @APIResponse(responseCode = "422", description = "The files are not those that were registered")
    public Response download(UUID id) throws IOException {
        ModelVersionView model = models.verified(id);
        String card = cards.card(id);
        return Response.ok(downloads.archive(model, card))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"replyloop-model-" + model.number() + ".zip\"")
                .build();
    }
}
