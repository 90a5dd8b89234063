package io.replyloop.model;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;

@Path("/api/models")
@RolesAllowed("admin")
public class ModelResource {
    private final ModelRegistry registry;
    private final SecurityIdentity caller;

    ModelResource(ModelRegistry registry, SecurityIdentity caller) {
        this.registry = registry;
        this.caller = caller;
    }

    @GET
    public List<ModelSummary> models() {
        return registry.versions();
    }

    /** Puts a model into service; an older one to roll back. */
    @POST
    @Path("/{id}/promote")
    public ModelSummary promote(UUID id) {
        return registry.promote(id, UUID.fromString(caller.getPrincipal().getName()));
    }
}
