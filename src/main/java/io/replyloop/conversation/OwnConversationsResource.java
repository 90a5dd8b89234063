package io.replyloop.conversation;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentCustomer;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.Problem;
import io.vertx.core.http.HttpServerRequest;
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

/** A customer's conversations, for themselves to read; the current one is written through the socket. */
@Path("/api/customer/conversations")
@RolesAllowed(CurrentCustomer.ROLE)
@Tag(name = "Widget")
public class OwnConversationsResource implements LimitedBeforeBody {
    private static final int BURST = 60;
    private static final int PER_MINUTE = 120;

    private final ConversationService conversations;
    private final SecurityIdentity caller;
    private final AddressLimit limit = new AddressLimit(PER_MINUTE, BURST);

    OwnConversationsResource(ConversationService conversations, SecurityIdentity caller) {
        this.conversations = conversations;
        this.caller = caller;
    }

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @GET
    @Operation(
            operationId = "listOwnConversations",
            summary = "The customer's conversations, the newest first",
            description = "At most the newest hundred. The token of the widget is sent as `Authorization: Bearer`.")
    public List<OwnConversation> list() {
        return conversations.shownTo(customer());
    }

    @GET
    @Path("/{id}/messages")
    @Operation(
            operationId = "listOwnMessages",
            summary = "The messages of one of the customer's conversations, in order")
    public Page<OwnMessage> messages(
            @RestPath UUID id,
            @Parameter(description = "`next` of the page before") @QueryParam("after") @DefaultValue("0") @Min(0)
                    long after,
            @QueryParam("limit") @PageLimit Integer limit) {
        if (conversations.ownOf(customer(), id).isEmpty()) {
            throw Problem.notFound("conversation");
        }
        int size = Page.limit(limit);
        List<ConversationEventView> events = conversations.publicEventsAfter(id, after, size);
        String next = events.size() < size
                ? null
                : Long.toString(events.get(events.size() - 1).publicSequence());
        return new Page<>(
                events.stream()
                        .filter(event -> event.kind() == EventKind.MESSAGE)
                        .map(OwnMessage::of)
                        .toList(),
                next);
    }

    private UUID customer() {
        return CurrentCustomer.of(caller).orElseThrow().customer().id();
    }
}
