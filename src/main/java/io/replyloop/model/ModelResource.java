package io.replyloop.model;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/models")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ModelResource {
    private final ModelRegistry registry;
    private final ModelRetentionService retention;
    private final SecurityIdentity caller;

    ModelResource(ModelRegistry registry, ModelRetentionService retention, SecurityIdentity caller) {
        this.registry = registry;
        this.retention = retention;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listModels", summary = "List the model versions, newest first")
    public List<ModelSummary> models() {
        return registry.versions();
    }

    @POST
    @Path("/{id}/promote")
    @Operation(operationId = "promoteModel", summary = "Promote a model; an older one to roll back")
    @APIResponseSchema(value = ModelSummary.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The model no longer exists or cannot be loaded")
    public ModelSummary promote(UUID id) {
        return registry.promote(id, UUID.fromString(caller.getPrincipal().getName()));
    }

    @Schema(name = "ModelPin")
    public record Pin(
            @Schema(
                    description = "Whether its files are kept whatever the rule says",
                    examples = "true",
                    required = true)
            @NotNull
            Boolean pinned) {}

    @PUT
    @Path("/{id}/pin")
    @Operation(operationId = "pinModel", summary = "Keep the files of a model whatever the rule says, or no longer")
    public ModelSummary pin(UUID id, @Valid @NotNull Pin pin) {
        return retention.pin(id, pin.pinned());
    }
}
