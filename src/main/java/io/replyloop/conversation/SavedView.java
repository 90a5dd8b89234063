package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A filter and an order that an agent has given a name. */
@Schema(name = "SavedView")
public record SavedView(
        @Schema(description = "Id of the saved view", required = true)
        UUID id,

        @Schema(description = "What it is called", examples = "Urgent refunds", required = true)
        String name,

        @Schema(description = "What it shows", required = true)
        Query query) {

    /** As the parameters of the inbox; what is absent does not narrow it. */
    @Schema(name = "SavedViewQuery")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Query(
            @Schema(
                    description = "mine, unassigned, open, mentions, snoozed, resolved or spam",
                    examples = "open",
                    required = true)
            String view,

            @Schema(description = "Id of a label") UUID label,

            @Schema(description = "urgent, high, normal or low", examples = "urgent")
            String priority,

            @Schema(description = "true: only with something unread")
            Boolean unread,

            @Schema(description = "true: only with a customer who waits")
            Boolean waiting,

            @Schema(description = "zh or other", examples = "zh")
            String language,

            @Schema(description = "me, none, or the id of an agent", examples = "none")
            String assignee,

            @Schema(description = "mine: only those of teams that you belong to", examples = "mine")
            String team,

            @Schema(description = "waiting, newest or priority", examples = "priority")
            String order) {}
}
