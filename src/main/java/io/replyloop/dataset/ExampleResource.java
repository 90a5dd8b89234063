package io.replyloop.dataset;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What there is to learn from, for admins. */
@Path("/api/examples/summary")
@RolesAllowed("admin")
@Tag(name = "Examples")
public class ExampleResource {
    private final ExampleService examples;

    ExampleResource(ExampleService examples) {
        this.examples = examples;
    }

    @GET
    @Operation(operationId = "getExampleSummary", summary = "How many examples there are")
    public ExampleSummary summary() {
        return examples.summary();
    }
}
