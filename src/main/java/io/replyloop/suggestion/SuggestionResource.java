package io.replyloop.suggestion;

import io.replyloop.conversation.ConversationService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Suggestions for agents without a socket. */
@Path("/api/conversations/{id}/suggestions")
@RolesAllowed("agent")
@Tag(name = "Suggestions")
public class SuggestionResource {
    private final ConversationService conversations;
    private final SuggestionService suggestions;

    SuggestionResource(ConversationService conversations, SuggestionService suggestions) {
        this.conversations = conversations;
        this.suggestions = suggestions;
    }

    @GET
    @Operation(
            operationId = "getSuggestions",
            summary = "Suggestions for the newest question of a conversation",
            description = "204 when the team spoke last, or when they are being computed: ask again in a moment.")
    public RestResponse<SuggestionsView> latest(@RestPath UUID id) {
        // Tells an unknown conversation from one without suggestions.
        conversations.summary(id);
        return suggestions.latest(id).map(RestResponse::ok).orElseGet(RestResponse::noContent);
    }
}
