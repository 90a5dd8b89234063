package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.conversation.ConversationSummary.Person;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a reply is suggested, as far as it can be told in a line. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Why(
        @Schema(
                description =
                        "before: a question like this one was answered with it; words: it has words of the question;"
                                + " meaning: it is near in meaning",
                examples = "before",
                required = true)
        String kind,

        @Schema(description = "Of before: that question, without personal data", examples = "Where is my parcel?")
        String question,

        @Schema(description = "Of before: who answered it; absent if nobody of the team did here")
        Person by,

        @Schema(description = "Of words: some of them") List<String> words) {

    static Why before(String question, Person by) {
        return new Why("before", question, by, null);
    }

    static Why words(List<String> words) {
        return new Why("words", null, null, words);
    }

    /** For whoever may not read the conversations here: neither what was asked in one, nor who answered. */
    Why alone() {
        return new Why(kind, null, null, words);
    }

    static Why meaning() {
        return new Why("meaning", null, null, null);
    }
}
