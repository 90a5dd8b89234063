package io.replyloop.model;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/models")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ModelResource {
    private final ModelRegistry registry;
    private final SecurityIdentity caller;

    ModelResource(ModelRegistry registry, SecurityIdentity caller) {
        this.registry = registry;
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
}
