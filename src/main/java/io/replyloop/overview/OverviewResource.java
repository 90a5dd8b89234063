package io.replyloop.overview;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The first page of the administration. */
@Path("/api/overview")
@RolesAllowed("admin")
@Tag(name = "Overview")
public class OverviewResource {
    /** A choice, since each costs a count. */
    private static final Set<Integer> PERIODS = Set.of(7, 30);

    private final OverviewService overview;
    private final FirstSteps firstSteps;

    OverviewResource(OverviewService overview, FirstSteps firstSteps) {
        this.overview = overview;
        this.firstSteps = firstSteps;
    }

    @Schema(name = "FirstStepsWish")
    public record Wish(
            @Schema(description = "Whether they are put away", examples = "true", required = true)
            @NotNull(message = "say whether they are put away")
            Boolean putAway) {}

    @GET
    @Operation(
            operationId = "getOverview",
            summary = "What goes on now, and how far a new installation has come",
            description = "Cheap enough to be asked for every few seconds.")
    public OverviewView now() {
        return overview.now();
    }

    @GET
    @Path("/figures")
    @Operation(
            operationId = "getOverviewFigures",
            summary = "The figures of the last days beside as many before, and the model that ranks")
    public FiguresView figures(
            @Parameter(description = "How many days, today included: 7 or 30") @DefaultValue("7") @QueryParam("days")
                    int days) {
        if (!PERIODS.contains(days)) {
            throw Problem.ofField("days", FieldRule.MALFORMED, "days: is 7 or 30");
        }
        return overview.figures(days);
    }

    @PUT
    @Path("/first-steps")
    @Operation(operationId = "updateFirstSteps", summary = "Put the first steps away for everybody, or bring them back")
    public void putAway(@Valid @NotNull(message = "send a JSON object") Wish wish) {
        firstSteps.putAway(wish.putAway());
    }
}
