package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A labelled example with where it comes from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ExampleView")
public record ExampleView(
        @Schema(description = "Id of the example", examples = "42", required = true)
        long id,

        @Schema(description = "Id of the conversation that it comes from")
        UUID conversation,

        @Schema(
                description =
                        "True where another desk has the conversation, and there is nothing of it here to be opened")
        Boolean elsewhere,

        @Schema(
                description =
                        "What the customer asked, with the turns before it, one per line; `>` marks those of the team"
                                + " and `-` those of the customer. Personal data is masked",
                examples = "- When will it arrive?",
                required = true)
        String query,

        @Schema(description = "The reply's id; absent for an agent's own words")
        UUID replyId,

        @Schema(description = "The version of the reply that was a candidate", examples = "2")
        Integer replyVersion,

        @Schema(
                description = "The reply's text, personal data masked",
                examples = "Within three days.",
                required = true)
        String reply,

        @Schema(
                description = "1 for a fitting reply, 0 for one that does not fit; between them when unsure",
                examples = "1",
                required = true)
        double label,

        @Schema(description = "What the decision said, where somebody has corrected it", examples = "0")
        Double originalLabel,

        @Schema(description = "Whether it is kept out of training", examples = "false", required = true)
        boolean excluded,

        @Schema(description = "Counts changes by people; send it with a change", examples = "0", required = true)
        int version,

        @Schema(
                description =
                        "When the decision was made, or the message was written; when it was imported, where a file"
                                + " does not tell",
                required = true)
        Instant createdAt,

        @Schema(description = "The agent who decided") Author agent,

        @Schema(description = "What the agent did: sent, edited, rejected or own-text", examples = "sent")
        String outcome,

        @Schema(description = "The candidate's place among all, from 1; absent if it was none", examples = "1")
        Integer position,

        @Schema(description = "Whether the agent saw it as a suggestion", examples = "true")
        Boolean shown,

        @Schema(description = "Number of the model that ranked; 0 if none did", examples = "3")
        Long model,

        @Schema(description = "train, dev or test; absent until the first snapshot", examples = "train")
        String side,

        @Schema(description = "Numbers of the snapshots that hold it", examples = "[1, 2]", required = true)
        List<Long> snapshots,

        @Schema(description = "The newest comment") String comment,

        @Schema(
                description =
                        "The file that it, or its conversation, was imported from; absent for one of a decision here",
                examples = "examples.jsonl")
        String importedFrom,

        @Schema(description = "Who imported it", examples = "Kim")
        String importedBy,

        @Schema(description = "When it was imported") Instant importedAt,

        @Schema(
                description =
                        "Where it comes from: decision for one of a decision here, file for one of an imported file,"
                                + " history for one of imported history, of which no decision is known",
                examples = "decision",
                required = true)
        String origin,

        @Schema(description = "Only for imported history: which conversation of the file, from 1", examples = "17")
        Integer historyConversation,

        @Schema(
                description =
                        "Only in what answers a change: the id of the act by which it is undone; absent where nothing"
                                + " has changed")
        UUID act) {
    ExampleView changedBy(UUID act) {
        return new ExampleView(
                id,
                conversation,
                elsewhere,
                query,
                replyId,
                replyVersion,
                reply,
                label,
                originalLabel,
                excluded,
                version,
                createdAt,
                agent,
                outcome,
                position,
                shown,
                model,
                side,
                snapshots,
                comment,
                importedFrom,
                importedBy,
                importedAt,
                origin,
                historyConversation,
                act);
    }

    /** Somebody of the team. */
    @Schema(name = "ExampleAuthor")
    public record Author(
            @Schema(description = "Id of the account", required = true)
            UUID id,

            @Schema(description = "The person's name", examples = "Kim", required = true)
            String name) {}
}
