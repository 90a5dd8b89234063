package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something in brackets in a draft, and what stood there in the messages that it was made of. */
@Schema(name = "HistoryDraftBlank")
public record DraftBlank(
        @Schema(description = "What stands in the draft", examples = "[number]", required = true)
        String placeholder,

        @Schema(
                description = "The words before it; empty at the beginning",
                examples = "Delivery costs",
                required = true)
        String before,

        @Schema(description = "The words after it; empty at the end", examples = "euros", required = true)
        String after,

        @Schema(
                description =
                        "What stood there, the most frequent first, ten at most; nothing of what is masked as personal data, and nothing for [name], which may be what a customer is called",
                required = true)
        List<Value> values) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HistoryDraftValue")
    public record Value(
            @Schema(description = "The words or the number", examples = "4.95", required = true)
            String text,

            @Schema(description = "In how many messages", examples = "12", required = true)
            int times,

            @Schema(description = "When the last of them was written; absent where the file does not tell")
            Instant last,

            @Schema(description = "Whether no other value was written later", examples = "true", required = true)
            boolean newest) {}
}
