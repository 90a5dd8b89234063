package io.replyloop.knowledge;

import io.replyloop.platform.PlainText;
import io.replyloop.platform.ShortAnswers;
import io.replyloop.platform.StorableText;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The desired contents of a reply, with their rules; the same for a form and for a line of an import.
 *
 * @param version the version that was read before the change; required only for changes
 */
public record ReplyDraft(
        @Schema(description = "A name of your own for programs and files", examples = "returns-30-days")
        @Size(max = 120, message = "is too long; at most {max} characters are allowed")
        @PlainText
        String label,

        @Schema(description = "What it is about, for agents", examples = "Returns")
        @NotBlank(message = "is missing; give the reply a short title")
        @Size(max = 200, message = "is too long; at most {max} characters are allowed")
        @PlainText
        String title,

        @Schema(description = "What customers read", examples = "You can return it within 30 days.")
        @NotBlank(message = "is missing; write what the customer gets to read")
        @Size(max = LONGEST_TEXT, message = "is too long; at most {max} characters are allowed in one message")
        @PlainText
        String text,

        @Schema(description = "Language tag of the text; en when absent", examples = "en")
        @Size(max = 35, message = "is too long; at most {max} characters are allowed")
        @ReplyDraft.Language
        String language,

        @Schema(description = "Categories, the main one first")
        @Size(max = 100, message = "are too many; at most {max} are allowed")
        List<
                        @NotBlank(message = "has an empty category; remove it")
                        @Size(max = 80, message = "has a category that is too long; at most {max} characters")
                        @Pattern(
                                regexp = "[^;\\n\\t]*",
                                message = "has a category with a semicolon, tab or line end; remove that")
                        @PlainText String>
                categories,

        @Schema(description = "Typed after a slash, it inserts the reply", examples = "returns")
        @Pattern(
                regexp = "[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,39}",
                message = "may have letters, digits, '-' and '_' only, at most 40, and starts with a letter or digit")
        String shortcode,

        @Schema(description = "Short answers that customers may choose from; at most 5 of at most 60 characters")
        @ReplyDraft.Choices
        List<String> choices,

        @Schema(description = "The version that was read; needed when a reply is changed", examples = "2")
        Integer version) {
    public static final int LONGEST_TEXT = 8000;
    private static final String VARIABLE = "{{";
    private static final Set<String> LANGUAGES =
            Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());

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
        choices = choices == null ? List.of() : ShortAnswers.stripped(choices);
        if (shortcode != null && shortcode.startsWith("/")) {
            shortcode = shortcode.substring(1);
        }
    }

    /** One that offers no answers. */
    public ReplyDraft(
            String label,
            String title,
            String text,
            String language,
            List<String> categories,
            String shortcode,
            Integer version) {
        this(label, title, text, language, categories, shortcode, List.of(), version);
    }

    private static String tidyLanguage(String language) {
        String tag = Locale.forLanguageTag(language.replace('_', '-')).toLanguageTag();
        return tag.equals("und") ? language : tag;
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** A language tag whose first part is an ISO 639-1 code. */
    @Constraint(validatedBy = LanguageRule.class)
    @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Language {
        String message() default "is not a language code such as 'en', 'zh' or 'zh-TW'";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** What fits on buttons; what customers say is written out and has no variables. */
    @Constraint(validatedBy = ChoicesRule.class)
    @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Choices {
        String message() default "are not at most 5 different answers of 1 to 60 characters";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Public because Hibernate Validator instantiates it. */
    public static final class ChoicesRule implements ConstraintValidator<Choices, List<String>> {
        @Override
        public boolean isValid(List<String> value, ConstraintValidatorContext context) {
            Optional<String> fault = value.stream().anyMatch(answer -> answer.contains(VARIABLE))
                    ? Optional.of("have a variable; write out what the customer says")
                    : value.stream().allMatch(StorableText::is)
                            ? ShortAnswers.fault(value)
                            : Optional.of("have a character that cannot be stored; remove it");
            fault.ifPresent(what -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(what).addConstraintViolation();
            });
            return fault.isEmpty();
        }
    }

    /** Public because Hibernate Validator instantiates it. */
    public static final class LanguageRule implements ConstraintValidator<Language, String> {
        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null
                    || LANGUAGES.contains(Locale.forLanguageTag(value).getLanguage());
        }
    }
}
