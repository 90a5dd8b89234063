package io.replyloop.gaps;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a form for a new reply may begin with. */
@Schema(name = "ReplyProposal")
public record DraftProposal(
        @Schema(description = "From the question", examples = "Do you ship to Norway?", required = true)
        String title,

        @Schema(
                description = "What agents wrote, the most typical; empty where they wrote nothing",
                examples = "Yes, for 12 euros.",
                required = true)
        String text,

        @Schema(description = "Language of the text", examples = "en", required = true)
        String language,

        @Schema(description = "Questions that the reply is to answer, without personal data", required = true)
        List<String> questions,

        @Schema(description = "What agents wrote, the one of the text first", required = true)
        List<GapsView.Answer> answers) {
    static DraftProposal of(List<String> questions, List<GapsView.Answer> answers) {
        String question = answers.isEmpty() || questions.size() > 1
                ? questions.stream().findFirst().orElse("")
                : answers.get(0).question();
        String text = answers.isEmpty() ? "" : answers.get(0).text();
        return new DraftProposal(
                Titles.of(question),
                text,
                OpenQuestion.languageOf(text.isEmpty() ? question : text),
                questions,
                answers);
    }
}
