package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.attachment.AttachmentView;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message as its customer sees it; there is none for a note. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OwnMessage(
        @Schema(description = "Its number among what the customer sees", examples = "3", required = true)
        long sequence,

        @Schema(description = "When it was stored", required = true)
        Instant at,

        @Schema(description = "Who wrote it", examples = "agent", required = true)
        AuthorKind author,

        @Schema(description = "Name of the agent; absent for the customer", examples = "Anna")
        String name,

        @Schema(description = "The message; absent where there are only files")
        String text,

        @Schema(description = "Files, to be had at /api/attachments/{id} with the same token")
        List<AttachmentView> attachments,

        @Schema(description = "Short answers that the agent has offered with it")
        List<String> choices) {

    static OwnMessage of(ConversationEventView event) {
        boolean own = event.author().kind() == AuthorKind.CUSTOMER;
        return new OwnMessage(
                event.publicSequence(),
                event.at(),
                event.author().kind(),
                own ? null : event.author().name(),
                event.text(),
                event.attachments(),
                event.choices());
    }
}
