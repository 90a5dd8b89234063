package io.replyloop.conversation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many conversations there are in each view. What is snoozed or spam is counted there only.
 *
 * @param waiting open ones, of the asking agent or of nobody, in which a customer waits for an answer
 */
public record ConversationCounts(
        @Schema(description = "Open conversations of the agent who asks", examples = "3", required = true)
        long mine,

        @Schema(description = "Open conversations that nobody has taken", examples = "5", required = true)
        long unassigned,

        @Schema(description = "Open conversations in all", examples = "12", required = true)
        long open,

        @Schema(description = "Resolved conversations", examples = "480", required = true)
        long resolved,

        @Schema(
                description = "Open conversations in which the customer waits for an answer",
                examples = "4",
                required = true)
        long waiting,

        @Schema(description = "Open conversations that are put off until later", examples = "2", required = true)
        long snoozed,

        @Schema(description = "Conversations marked as spam", examples = "7", required = true)
        long spam,

        @Schema(
                description = "Conversations with a note that names the agent who asks and that they have not seen",
                examples = "1",
                required = true)
        long mentions) {}
