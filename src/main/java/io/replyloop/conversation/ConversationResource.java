package io.replyloop.conversation;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Conversations for agents to read; what changes them goes through the agents' socket. */
@Path("/api/conversations")
@RolesAllowed("agent")
@Tag(name = "Conversations")
public class ConversationResource {
    private final ConversationService conversations;
    private final CurrentAgent currentAgent;

    ConversationResource(ConversationService conversations, CurrentAgent currentAgent) {
        this.conversations = conversations;
        this.currentAgent = currentAgent;
    }

    @GET
    @Operation(
            operationId = "listConversations",
            summary = "The inbox",
            description = "Open conversations: the customer who waits longest first, and after all who wait those that"
                    + " are answered. These, and lists that are not of open ones, begin with the newest change.")
    public Page<ConversationSummary> inbox(
            @Parameter(description = "open or resolved; both when absent") @QueryParam("status") String status,
            @Parameter(description = "me, none or any") @QueryParam("assignee") @DefaultValue("any") String assignee,
            @Parameter(description = "mine: only those of teams that the asking agent belongs to") @QueryParam("team")
                    String team,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        UUID holder = switch (assignee) {
            case "me" -> currentAgent.get().id();
            case "none", "any" -> null;
            default -> throw new Problem(ProblemCode.INVALID, "The assignee is \"me\", \"none\" or \"any\".");
        };
        return conversations.inbox(new InboxQuery(
                status == null ? null : ConversationStatus.named(status),
                holder,
                assignee.equals("none"),
                team == null ? null : member(team),
                cursor,
                Page.limit(limit)));
    }

    private UUID member(String team) {
        if (!team.equals("mine")) {
            throw new Problem(ProblemCode.INVALID, "The team is \"mine\", or absent for all conversations.");
        }
        return currentAgent.get().id();
    }

    @GET
    @Path("/counts")
    @Operation(operationId = "countConversations", summary = "How many conversations there are")
    public ConversationCounts counts() {
        return conversations.counts(currentAgent.get());
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getConversation", summary = "One conversation")
    public ConversationSummary conversation(@RestPath UUID id) {
        return conversations.summary(id);
    }

    @GET
    @Path("/{id}/events")
    @Operation(
            operationId = "listConversationEvents",
            summary = "What happened in a conversation, in order, notes included")
    public Page<ConversationEventView> events(
            @RestPath UUID id,
            @Parameter(description = "sequence of the newest event that is known already")
                    @QueryParam("after")
                    @DefaultValue("0")
                    @Min(0)
                    long after,
            @QueryParam("limit") @PageLimit Integer limit) {
        // Also tells an unknown conversation from an empty page.
        ConversationSummary summary = conversations.summary(id);
        List<ConversationEventView> events = conversations.eventsAfter(id, after, Page.limit(limit));
        long last = events.isEmpty() ? after : events.get(events.size() - 1).sequence();
        return new Page<>(events, last < summary.lastSequence() ? Long.toString(last) : null);
    }
}
