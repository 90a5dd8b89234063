package io.replyloop.dataset;

import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What there is to learn from, for admins. */
@Path("/api/examples")
@RolesAllowed("admin")
@Tag(name = "Examples")
public class ExampleResource {
    @Schema(name = "ExampleExclusion")
    record Exclusion(
            @Schema(description = "true keeps the example out of training, false lets it in again", examples = "true")
            @NotNull
            Boolean excluded) {}

    private final ExampleService examples;

    ExampleResource(ExampleService examples) {
        this.examples = examples;
    }

    @GET
    @Operation(operationId = "listExamples", summary = "Labelled examples, newest first")
    public Page<ExampleView> list(
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return examples.list(cursor, limit);
    }

    @GET
    @Path("/summary")
    @Operation(operationId = "getExampleSummary", summary = "How many examples there are")
    public ExampleSummary summary() {
        return examples.summary();
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "excludeExample", summary = "Keep an example out of training, or let it in again")
    public ExampleView exclude(@RestPath long id, @NotNull @Valid Exclusion exclusion) {
        return examples.exclude(id, exclusion.excluded());
    }
}
