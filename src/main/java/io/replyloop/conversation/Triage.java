package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What agents sort their inbox by. Only what there is to say is on the wire. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Triage(
        @Schema(description = "Ids of its labels; one that is not among the labels any more means nothing")
        List<UUID> labels,

        @Schema(description = "How soon it is to be looked after; absent for normal", examples = "urgent")
        Priority priority,

        @Schema(description = "When it comes back; absent for a conversation that is not snoozed")
        Instant snoozedUntil,

        @Schema(description = "true for spam; else absent") Boolean spam,

        @Schema(description = "true while the customer has written something that no agent has read; else absent")
        Boolean unread,

        @Schema(
                description = "zh where the customer wrote Chinese last, other for everything else; absent where that"
                        + " cannot be told",
                examples = "zh")
        String language,

        @Schema(description = "Ids of agents whom its notes name")
        List<UUID> mentioned,

        @Schema(description = "Ids of those of them who have not seen it")
        List<UUID> mentionUnread) {
    public static final Triage NONE = new Triage(List.of(), null, null, null, null, null, List.of(), List.of());

    @JsonIgnore
    public boolean isSpam() {
        return Boolean.TRUE.equals(spam);
    }

    @JsonIgnore
    public boolean isSnoozed() {
        return snoozedUntil != null;
    }
}
