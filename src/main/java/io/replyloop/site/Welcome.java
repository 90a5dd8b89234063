package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What customers see before they write: who is there, and what others often ask. */
@Schema(name = "WidgetWelcome")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Welcome(
        @Schema(
                description =
                        "Some of those who are online and serve the site; empty if nobody is, or the site shows nobody",
                required = true)
        List<Colleague> team,

        @Schema(description = "Frequent questions in all languages, a few of each", required = true)
        List<FrequentQuestion> questions,

        @Schema(description = "The logo; absent where the site has none")
        Logo logo) {

    /** Somebody of the team, as far as the site tells. */
    @Schema(name = "WidgetColleague")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Colleague(
            @Schema(description = "First name; absent where the site shows initials only", examples = "Anna")
            String name,

            @Schema(description = "Initials", examples = "A", required = true)
            String initials) {

        static Colleague named(String name) {
            String first = firstName(name);
            return new Colleague(first, letter(first));
        }

        static Colleague initialled(String name) {
            String[] words = name.strip().split("\\s+");
            String last = words.length > 1 ? letter(words[words.length - 1]) : "";
            return new Colleague(null, letter(words[0]) + last);
        }

        /** What comes before the first space; a Chinese name whole. */
        private static String firstName(String name) {
            return name.strip().split("\\s+", 2)[0];
        }

        private static String letter(String word) {
            return word.isEmpty() ? "" : Character.toString(Character.toUpperCase(word.codePointAt(0)));
        }
    }
}
