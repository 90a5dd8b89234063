package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "FlippedCase", description = "A test question that the two models answer differently")
public record FlippedCaseView(
        @Schema(description = "Whether the new model helps more", examples = "true", required = true)
        boolean better,

        @Schema(description = "Id of the conversation that it is from", required = true)
        UUID conversation,

        @Schema(
                description =
                        "The last turns, a line each with its mark, without personal data; absent when the customer"
                                + " was erased")
        String question,

        @Schema(description = "The reply that the agent used; absent when it was no candidate")
        Reply right,

        @Schema(description = "What the serving model would have shown, best first", required = true)
        List<Suggestion> champion,

        @Schema(description = "What the new model would have shown, best first", required = true)
        List<Suggestion> challenger) {

    @Schema(name = "FlippedCaseReply")
    public record Reply(
            @Schema(description = "Id of the reply", required = true)
            UUID reply,

            @Schema(description = "Its title", required = true)
            String title,

            @Schema(description = "Its text", required = true)
            String text) {}

    @Schema(name = "FlippedCaseSuggestion")
    public record Suggestion(
            @Schema(description = "Its title", required = true)
            String title,

            @Schema(description = "Its text", required = true)
            String text,

            @Schema(description = "How likely it was held to fit, 0 to 1", examples = "0.7", required = true)
            double probability,

            @Schema(description = "Whether it is the reply that the agent used", required = true)
            boolean right) {}
}
