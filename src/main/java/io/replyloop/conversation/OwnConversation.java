package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A conversation as its customer sees it in a list. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnConversation(
        @Schema(description = "Id of the conversation", required = true)
        UUID id,

        @Schema(description = "Whether it is open or resolved", examples = "resolved", required = true)
        ConversationStatus status,

        @Schema(description = "true for the one that the widget shows and continues", required = true)
        boolean current,

        @Schema(description = "Begin of its newest message", examples = "It arrived, thank you!")
        String lastText,

        @Schema(description = "Who wrote that", examples = "customer")
        AuthorKind lastAuthor,

        @Schema(description = "When it began", required = true)
        Instant createdAt,

        @Schema(description = "When anything last happened that you may see", required = true)
        Instant updatedAt) {

    static OwnConversation of(ConversationSummary summary, Instant lastShown) {
        return new OwnConversation(
                summary.id(),
                summary.status(),
                summary.earlier() == null,
                summary.lastText(),
                summary.lastAuthor(),
                summary.createdAt(),
                lastShown);
    }
}
