package io.replyloop.shadow;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.training.FlippedCaseView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A model tried on what customers ask, unseen. */
@Path("/api/shadows")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ShadowResource {
    private final ShadowRunner runner;
    private final ShadowService shadows;
    private final ShadowReports reports;
    private final SecurityIdentity caller;

    ShadowResource(ShadowRunner runner, ShadowService shadows, ShadowReports reports, SecurityIdentity caller) {
        this.runner = runner;
        this.shadows = shadows;
        this.reports = reports;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listShadows", summary = "List the newest 20 shadows, the newest first")
    public List<ShadowView> list() {
        return shadows.newest();
    }

    @GET
    @Path("/needs")
    @Operation(
            operationId = "getShadowNeeds",
            summary = "What a model takes beside the serving one, before it is started")
    @APIResponseSchema(value = ShadowNeeds.class, responseCode = "200")
    @APIResponse(responseCode = "422", description = "The files are not those that were registered")
    public ShadowNeeds needs(@Parameter(description = "Id of the model") @QueryParam("model") @NotNull UUID model) {
        return runner.needs(model);
    }

    @POST
    @Operation(
            operationId = "startShadow",
            summary = "Let a model rank what customers ask, beside the serving one and seen by nobody")
    @APIResponseSchema(value = ShadowView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "One is under way already, or the model serves")
    @APIResponse(responseCode = "422", description = "The model cannot be loaded")
    @APIResponse(responseCode = "503", description = "There is no room for a second model at the moment")
    public ShadowView start(@Valid @NotNull ShadowWish wish) {
        return runner.start(wish, admin());
    }

    @POST
    @Path("/{id}/stop")
    @Operation(operationId = "stopShadow", summary = "End a shadow; what it has ranked stays")
    @APIResponseSchema(value = ShadowView.class, responseCode = "200")
    public ShadowView stop(UUID id) {
        return shadows.stop(id, admin());
    }

    @GET
    @Path("/{id}/comparison")
    @Operation(
            operationId = "compareShadow",
            summary = "Compare what the model would have shown with what agents were shown and did")
    public ShadowComparison comparison(UUID id) {
        return reports.comparison(id);
    }

    @GET
    @Path("/{id}/cases")
    @Operation(
            operationId = "listShadowCases",
            summary = "List answered questions for which the two differ in usefulness, those that got worse first")
    public List<FlippedCaseView> cases(UUID id) {
        return reports.cases(id);
    }

    private UUID admin() {
        return UUID.fromString(caller.getPrincipal().getName());
    }
}
