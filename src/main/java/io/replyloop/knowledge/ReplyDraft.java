package io.replyloop.knowledge;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What somebody wants a reply to be, with the rules for it; the same for a form and for a line of an import.
 *
 * @param version the version that was read before the change; only a change needs it
 */
public record ReplyDraft(
        @Size(max = 120, message = "is too long; at most {max} characters are allowed") @ReplyRule.PlainText
        String label,

        @NotBlank(message = "is missing; give the reply a short title")
        @Size(max = 200, message = "is too long; at most {max} characters are allowed")
        @ReplyRule.PlainText
        String title,

        @NotBlank(message = "is missing; write what the customer gets to read")
        @Size(max = LONGEST_TEXT, message = "is too long; at most {max} characters are allowed in one message")
        @ReplyRule.PlainText
        String text,

        @ReplyRule.Language String language,

        @Size(max = 100, message = "are too many; at most {max} are allowed")
        List<
                        @NotBlank(message = "has an empty category; remove it")
                        @Size(max = 80, message = "has a category that is too long; at most {max} characters")
                        @Pattern(
                                regexp = "[^;\\p{Cntrl}]*",
                                message = "has a category with a semicolon or a control character; remove that")
                        String>
                categories,

        @Pattern(
                regexp = "[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,39}",
                message = "may have letters, digits, '-' and '_' only, at most 40, and starts with a letter or digit")
        String shortcode,

        Integer version) {
    public static final int LONGEST_TEXT = 8000;

    public ReplyDraft {
        label = emptyToNull(ReplyText.tidy(label));
        title = ReplyText.tidy(title);
        text = ReplyText.tidy(text);
        language = language == null || language.isBlank() ? "en" : tidyLanguage(language.strip());
        categories = categories == null
                ? List.of()
                : categories.stream()
                        .map(category -> Objects.toString(category, "").strip())
                        .distinct()
                        .toList();
        shortcode = emptyToNull(ReplyText.tidy(shortcode));
        if (shortcode != null && shortcode.startsWith("/")) {
            shortcode = shortcode.substring(1);
        }
    }

    private static String tidyLanguage(String language) {
        String tag = Locale.forLanguageTag(language.replace('_', '-')).toLanguageTag();
        return tag.equals("und") ? language : tag;
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
