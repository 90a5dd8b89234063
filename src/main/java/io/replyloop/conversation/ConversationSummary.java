package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A conversation as a line of the inbox.
 *
 * @param waitingSince the first customer message that nobody has answered; null when the team has spoken last
 * @param triage null where there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationSummary(
        @Schema(description = "Id of the conversation", required = true)
        UUID id,

        @Schema(description = "Whether it is open or resolved", examples = "open", required = true)
        ConversationStatus status,

        @Schema(description = "Who asks", required = true) Customer customer,

        @Schema(description = "Which agent has it; absent when nobody has")
        Person assignee,

        @Schema(description = "Sequence of its newest event", examples = "12", required = true)
        long lastSequence,

        @Schema(description = "Begin of its newest message", examples = "Where is my parcel?")
        String lastText,

        @Schema(description = "Who wrote that", examples = "customer")
        AuthorKind lastAuthor,

        @Schema(description = "When anything last happened", required = true)
        Instant updatedAt,

        @Schema(description = "Since when the customer waits for an answer; absent when nobody waits")
        Instant waitingSince,

        @Schema(description = "When it began", required = true)
        Instant createdAt,

        @Schema(description = "true when the customer waits since a time at which nobody was there; else absent")
        Boolean outsideHours,

        @Schema(description = "true when the customer has begun another conversation since; else absent")
        Boolean earlier,

        @Schema(description = "What agents sort their inbox by; absent where there is nothing to say")
        Triage triage,

        @Schema(description = "The team whose queue it stands in, whoever holds it; absent for none")
        Team team) {

    @JsonIgnore
    public boolean isSpam() {
        return triage != null && triage.isSpam();
    }

    @JsonIgnore
    public boolean isSnoozed() {
        return triage != null && triage.isSnoozed();
    }

    /** Agents whom a note names and who have not seen it. */
    @JsonIgnore
    public List<UUID> mentionUnread() {
        return triage == null ? List.of() : triage.mentionUnread();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Customer(
            @Schema(description = "Id of the customer", required = true)
            UUID id,

            @Schema(description = "Name; absent for a customer who has given none", examples = "Kim")
            String name,

            @Schema(description = "true when the team takes no more messages from this customer; else absent")
            Boolean blocked,

            @Schema(
                    description = "As whom this person writes here, where that is a customer who was merged into this"
                            + " one; else absent")
            WritesAs writesAs) {
        /** Of somebody who is one customer. */
        public Customer(UUID id, String name, Boolean blocked) {
            this(id, name, blocked, null);
        }

        /**
         * All that the person may be called here, a line each, for the masks of what is learned from; null where nothing is
         * known.
         */
        public String everyName() {
            if (writesAs == null || writesAs.name() == null || writesAs.name().equals(name)) {
                return name;
            }
            return name == null ? writesAs.name() : name + "\n" + writesAs.name();
        }
    }

    @Schema(name = "WritesAs")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WritesAs(
            @Schema(description = "Id of the customer", required = true)
            UUID id,

            @Schema(description = "Name, if one is known", examples = "Kim")
            String name) {}

    public record Team(
            @Schema(description = "Id of the team", required = true)
            UUID id,

            @Schema(description = "Name", examples = "Billing", required = true)
            String name) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Person(
            @Schema(description = "Id of the agent", required = true)
            UUID id,

            @Schema(description = "Name", examples = "Anna") String name) {}
}
