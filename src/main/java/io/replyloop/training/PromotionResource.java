package io.replyloop.training;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an admin reads before a promotion and after it, and who decides. */
@Path("/api/training")
@RolesAllowed("admin")
@Tag(name = "Training")
public class PromotionResource {
    private final PromotionService promotions;
    private final AcceptanceWatch acceptance;
    private final SecurityIdentity caller;

    PromotionResource(PromotionService promotions, AcceptanceWatch acceptance, SecurityIdentity caller) {
        this.promotions = promotions;
        this.acceptance = acceptance;
        this.caller = caller;
    }

    @GET
    @Path("/runs/{id}/flipped-cases")
    @Operation(
            operationId = "listFlippedCases",
            summary =
                    "List test questions that the serving and the new model answer differently, those that got worse first")
    public List<FlippedCaseView> flipped(UUID id) {
        return promotions.flipped(id);
    }

    @GET
    @Path("/acceptance")
    @Operation(
            operationId = "getAcceptance",
            summary = "Whether agents take to the model that serves as they did to the one before")
    @APIResponse(
            responseCode = "200",
            description = "How the two compare",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AcceptanceView.class)))
    @APIResponse(responseCode = "204", description = "One model alone has served so far")
    public Response acceptance() {
        return acceptance.now().map(Response::ok).orElseGet(Response::noContent).build();
    }

    @GET
    @Path("/promotion-policy")
    @Operation(operationId = "getPromotionPolicy", summary = "Read who decides whether a new model serves")
    public PromotionPolicyView policy() {
        return promotions.policy();
    }

    @PUT
    @Path("/promotion-policy")
    @Operation(operationId = "updatePromotionPolicy", summary = "Change who decides whether a new model serves")
    public PromotionPolicyView change(@Valid @NotNull PromotionPolicyView policy) {
        return promotions.change(policy, UUID.fromString(caller.getPrincipal().getName()));
    }
}
