package io.replyloop.training;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Any two models beside each other. */
@Path("/api/model-comparison")
@RolesAllowed("admin")
@Tag(name = "Models")
public class ModelComparisonResource {
    private final ModelComparisons comparisons;

    ModelComparisonResource(ModelComparisons comparisons) {
        this.comparisons = comparisons;
    }

    @GET
    @Operation(
            operationId = "compareModels",
            summary = "Compare what is stored about two models, and whether their figures are comparable at all")
    public ModelComparison compare(
            @Parameter(description = "Id of the first") @QueryParam("one") @NotNull UUID one,
            @Parameter(description = "Id of the second") @QueryParam("other") @NotNull UUID other) {
        return comparisons.of(one, other);
    }
}
