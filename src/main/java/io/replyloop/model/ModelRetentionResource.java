package io.replyloop.model;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whose files are kept, and who served when. */
@Path("/api")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ModelRetentionResource {
    private final ModelRetentionService retention;
    private final ModelPromotions promotions;
    private final SecurityIdentity caller;

    ModelRetentionResource(ModelRetentionService retention, ModelPromotions promotions, SecurityIdentity caller) {
        this.retention = retention;
        this.promotions = promotions;
        this.caller = caller;
    }

    @GET
    @Path("/model-retention")
    @Operation(operationId = "getModelRetention", summary = "Read whose files are kept")
    public ModelRetentionView rule() {
        return retention.rule();
    }

    @PUT
    @Path("/model-retention")
    @Operation(
            operationId = "updateModelRetention",
            summary =
                    "Change whose files are kept; the others' are removed within an hour, what is known of them stays")
    public ModelRetentionView change(@Valid @NotNull ModelRetentionView rule) {
        return retention.change(rule, UUID.fromString(caller.getPrincipal().getName()));
    }

    @GET
    @Path("/model-retention/preview")
    @Operation(
            operationId = "previewModelRetention",
            summary = "The numbers of the models whose files such a rule would remove now")
    public List<Long> preview(
            @Parameter(description = "So many of the newest keep theirs")
                    @QueryParam("keepNewest")
                    @DefaultValue("10")
                    @Min(1)
                    @Max(1_000)
                    int keepNewest,
            @Parameter(description = "And those promoted within so many days")
                    @QueryParam("promotedDays")
                    @DefaultValue("365")
                    @Min(0)
                    @Max(3_650)
                    int promotedDays) {
        return retention.preview(keepNewest, promotedDays);
    }

    @GET
    @Path("/model-promotions")
    @Operation(
            operationId = "listModelPromotions",
            summary = "List which model served from when on, the newest 100 first")
    public List<ModelPromotionView> promotions() {
        return promotions.history();
    }
}
