package io.replyloop.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.conversation.Author;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.EventKind;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message or note that has the words which were looked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundMessage(
        @Schema(description = "The conversation it belongs to", required = true)
        ConversationSummary conversation,

        @Schema(description = "Its sequence there", examples = "12", required = true)
        long sequence,

        @Schema(description = "When it was stored", required = true)
        Instant at,

        @Schema(description = "message or note", examples = "message", required = true)
        EventKind kind,

        @Schema(description = "Who wrote it", required = true)
        Author author,

        @Schema(
                description = "The part of its text where the words are",
                examples = "…my parcel has not arrived…",
                required = true)
        String excerpt,

        @Schema(description = "Where in that part", required = true)
        List<Range> marks) {

    public record Range(
            @Schema(description = "Index of its first character, in UTF-16", examples = "4", required = true)
            int from,

            @Schema(description = "Index of the first character after it", examples = "10", required = true)
            int to) {}
}
