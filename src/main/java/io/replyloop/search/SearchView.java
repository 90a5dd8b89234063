package io.replyloop.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.conversation.ConversationSummary;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was found, the newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchView(
        @Schema(
                description = "Conversations of customers with such a name or address; on the first page only",
                required = true)
        List<ConversationSummary> customers,

        @Schema(description = "Messages and notes", required = true)
        List<FoundMessage> items,

        @Schema(description = "Give it as cursor to get the page after this one; absent on the last page")
        String next,

        @Schema(
                description = "false while messages from before the search was there are still being read",
                required = true)
        boolean complete) {}
