package io.replyloop.feedback;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How good suggestions have been, for admins. */
@Path("/api/feedback")
@RolesAllowed("admin")
@Tag(name = "Feedback")
public class FeedbackResource {
    private final FeedbackSummaries summaries;
    private final DecisionReport decisions;

    FeedbackResource(FeedbackSummaries summaries, DecisionReport decisions) {
        this.summaries = summaries;
        this.decisions = decisions;
    }

    @GET
    @Path("/summary")
    @Operation(
            operationId = "getFeedbackSummary",
            summary = "Get counts of agents' decisions, and how high the right replies were ranked")
    public FeedbackSummary summary() {
        return summaries.summary();
    }

    @GET
    @Path("/decisions")
    @Operation(
            operationId = "getDecisionFigures",
            summary = "Get where answers came from, how long they took, and how often each place was used")
    public DecisionFigures decisions() {
        return decisions.figures();
    }
}
