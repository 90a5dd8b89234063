package io.replyloop.conversation;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
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
    @RolesAllowed({"agent", "conversations.read"})
    @Operation(
            operationId = "listConversations",
            summary = "The inbox",
            description = "What is snoozed or spam is in its own view only. Unless another order is asked for, open"
                    + " conversations come in the order of their customers' wait, and after all who wait those that"
                    + " are answered, the newest change first; snoozed ones in the order in which they come back; all"
                    + " others from the newest change on.")
    public Page<ConversationSummary> inbox(
            @Parameter(
                            description =
                                    "mine, unassigned, open, mentions (whatever a note names the asking agent in),"
                                            + " snoozed, resolved, spam or all, which is all that is no spam; when absent, what `status` says")
                    @QueryParam("view")
                    String view,
            @Parameter(description = "Without a view: open or resolved; both when absent") @QueryParam("status")
                    String status,
            @Parameter(description = "me, none, any, or the id of an agent")
                    @QueryParam("assignee")
                    @DefaultValue("any")
                    String assignee,
            @Parameter(description = "Only those with this label") @QueryParam("label") UUID label,
            @Parameter(description = "Only those of this priority: urgent, high, normal or low") @QueryParam("priority")
                    String priority,
            @Parameter(description = "true: only those with something that no agent has read")
                    @QueryParam("unread")
                    @DefaultValue("false")
                    boolean unread,
            @Parameter(description = "true: only those whose customer waits for an answer")
                    @QueryParam("waiting")
                    @DefaultValue("false")
                    boolean waiting,
            @Parameter(description = "Only those in which the customer wrote last in this language: zh or other")
                    @QueryParam("language")
                    String language,
            @Parameter(description = "mine: only those of teams that the asking agent belongs to") @QueryParam("team")
                    String team,
            @Parameter(description = "waiting, newest or priority") @QueryParam("order") @DefaultValue("waiting")
                    String order,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        UUID me = currentAgent.get().id();
        InboxFilter filter = InboxParameters.filter(
                new SavedView.Query(view, label, priority, unread, waiting, language, assignee, team, order), me);
        return conversations.inbox(new InboxQuery(
                InboxParameters.view(view, status),
                me,
                filter,
                InboxParameters.order(order),
                cursor,
                Page.limit(limit)));
    }

    @GET
    @Path("/of-customer/{customer}")
    @Operation(
            operationId = "listConversationsOfCustomer",
            summary = "A customer's conversations, the newest first",
            description = "At most the newest hundred.")
    public List<ConversationSummary> ofCustomer(@RestPath UUID customer) {
        return conversations.allOfCustomer(customer);
    }

    @GET
    @Path("/counts")
    @RolesAllowed({"agent", "conversations.read"})
    @Operation(operationId = "countConversations", summary = "How many conversations there are")
    public ConversationCounts counts() {
        return conversations.counts(currentAgent.get());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"agent", "conversations.read"})
    @Operation(operationId = "getConversation", summary = "One conversation")
    public ConversationSummary conversation(@RestPath UUID id) {
        return conversations.summary(id);
    }

    @GET
    @Path("/{id}/events")
    @RolesAllowed({"agent", "conversations.read"})
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
