package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A draft of a reply, made of what agents wrote. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "HistoryDraft")
public record HistoryDraft(
        @Schema(description = "Its id", required = true) UUID id,

        @Schema(
                description = "Its title, from the question in the middle or from the text",
                examples = "How long do refunds take?",
                required = true)
        String title,

        @Schema(
                description =
                        "What agents wrote, the most typical; names, numbers and dates that differ are in brackets",
                examples = "Refunds take [number] days.",
                required = true)
        String text,

        @Schema(description = "Its language", examples = "en", required = true)
        String language,

        @Schema(description = "Whether it is a greeting, or asks to wait: of use as a canned reply", required = true)
        boolean smallTalk,

        @Schema(description = "How often agents wrote it", examples = "412", required = true)
        int uses,

        @Schema(description = "open, written or discarded", examples = "open", required = true)
        String state,

        @Schema(description = "The reply that it became") UUID reply,

        @Schema(description = "Questions that it answered, some of them", required = true)
        List<String> questions,

        @Schema(description = "Other words in which agents wrote it, some of them", required = true)
        List<String> wordings,

        @Schema(
                description =
                        "Only where one draft is asked for: what stood in the messages where it has something in brackets, in"
                                + " the order of the brackets")
        List<DraftBlank> blanks) {}
