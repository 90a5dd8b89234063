package io.replyloop.curation;

import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Examples that are worth a look: contradictions, repeats, likely errors, and questions with nothing but rejections. */
@Path("/api/examples/queues")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Examples")
public class QueueResource {
    private static final String QUEUE = "contradiction, near-repeat, label-error or rejected";
    private static final String ITEM = "Id of the item";

    private final QueueService queues;

    QueueResource(QueueService queues) {
        this.queues = queues;
    }

    @GET
    @Operation(
            operationId = "listCurationQueues",
            summary = "What is worth a look, and what that is based on",
            description =
                    "Looks through the examples again, in the background, when enough has changed since. While that"
                            + " goes on, `progress` says how far it is, and the rest is of the time `at`.")
    public QueuesView list() {
        return queues.queues();
    }

    @POST
    @Path("/look")
    @Operation(operationId = "lookThroughExamples", summary = "Look through the examples again, in the background")
    public QueuesView look() {
        return queues.lookAgain();
    }

    @GET
    @Path("/{queue}")
    @Operation(operationId = "listCurationItems", summary = "What is open in a queue, the most urgent first")
    public Page<QueueItemView> items(
            @Parameter(description = QUEUE) @RestPath String queue,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return queues.items(Queue.named(queue), cursor, limit);
    }

    @PUT
    @Path("/{queue}/{item}/looks-right")
    @Operation(
            operationId = "findExamplesRight",
            summary = "Find the labels of an item right",
            description = "It leaves the queue for good, unless other examples join it.")
    public void looksRight(
            @Parameter(description = QUEUE) @RestPath String queue,
            @Parameter(description = ITEM) @RestPath UUID item,
            @Context SecurityContext who) {
        queues.looksRight(
                Queue.named(queue), item, UUID.fromString(who.getUserPrincipal().getName()));
    }

    @DELETE
    @Path("/{queue}/{item}/looks-right")
    @Operation(operationId = "takeItemBackIntoQueue", summary = "Put an item into its queue again")
    public void lookAtAgain(
            @Parameter(description = QUEUE) @RestPath String queue,
            @Parameter(description = ITEM) @RestPath UUID item) {
        queues.lookAtAgain(Queue.named(queue), item);
    }
}
