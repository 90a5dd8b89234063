package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * What an agent sees beside a customer's question.
 *
 * @param impression to be named when the agent answers, so that the answer is understood as one to these
 * @param trigger sequence number of the customer's message that they answer
 * @param items three at most; none when the models are unsure
 * @param modelNumber 0 when the first stage ranked alone
 */
public record SuggestionsView(
        UUID conversation,
        UUID impression,
        long trigger,
        List<Item> items,
        @JsonProperty("model") long modelNumber,
        double tookMillis) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            UUID reply, String title, String text, String category, double probability, Confidence confidence) {}
}
