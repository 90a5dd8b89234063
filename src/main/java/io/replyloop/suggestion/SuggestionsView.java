package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an agent sees beside a customer's question.
 *
 * @param impression to be named when the agent answers, so that the answer is understood as one to these
 * @param trigger sequence number of the customer's message that they answer
 * @param items three at most; none when the models are unsure
 * @param modelNumber 0 when the first stage ranked alone
 */
public record SuggestionsView(
        @Schema(description = "Id of the conversation", required = true)
        UUID conversation,

        @Schema(description = "Id of this impression; name it when a suggestion is sent or rejected", required = true)
        UUID impression,

        @Schema(description = "Sequence of the customer's message that asks", examples = "12", required = true)
        long trigger,

        @Schema(description = "Three replies at most, the best first; none when the model is unsure", required = true)
        List<Item> items,

        @Schema(description = "Number of the model version that ranked them", examples = "3", required = true)
        @JsonProperty("model")
        long modelNumber,

        @Schema(description = "How long it took, in milliseconds", examples = "41.2", required = true)
        double tookMillis) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Suggestion")
    public record Item(
            @Schema(description = "Id of the reply", required = true)
            UUID reply,

            @Schema(description = "Its title", examples = "Returns", required = true)
            String title,

            @Schema(description = "Its text", examples = "You can return it within 30 days.", required = true)
            String text,

            @Schema(description = "Its first category", examples = "Orders")
            String category,

            @Schema(description = "How likely it fits, 0 to 1, calibrated", examples = "0.83", required = true)
            double probability,

            @Schema(description = "The same in words", examples = "high", required = true)
            Confidence confidence,

            @Schema(description = "Why it is suggested, as far as that can be told in a line")
            Why why,

            @Schema(description = "Short answers that it offers to customers; absent for none")
            List<String> choices) {

        public Item {
            choices = choices == null || choices.isEmpty() ? null : List.copyOf(choices);
        }

        /** As a program may see it that asks from elsewhere. */
        public Item forOthers() {
            return new Item(
                    reply, title, text, category, probability, confidence, why == null ? null : why.alone(), choices);
        }
    }
}
