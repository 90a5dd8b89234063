package io.replyloop.knowledge;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for the fields of a reply that Bean Validation does not bring along. */
final class ReplyRule {
    private static final Set<String> LANGUAGES =
            Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());

    private ReplyRule() {}

    /** A language code whose first part is one of ISO 639-1. */
    @Constraint(validatedBy = LanguageRule.class)
    @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Language {
        String message() default "is not a language code such as 'en', 'zh' or 'zh-TW'";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** No control characters but line ends and tabs, and no halves of a character; the database takes neither. */
    @Constraint(validatedBy = PlainTextRule.class)
    @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface PlainText {
        String message() default "contains a control character or half a character; remove it";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Public because Hibernate Validator makes it. */
    public static final class LanguageRule implements ConstraintValidator<Language, String> {
        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null
                    || LANGUAGES.contains(Locale.forLanguageTag(value).getLanguage());
        }
    }

    /** Public because Hibernate Validator makes it. */
    public static final class PlainTextRule implements ConstraintValidator<PlainText, String> {
        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || value.codePoints().allMatch(PlainTextRule::isPlain);
        }

        private static boolean isPlain(int point) {
            return point == '\n'
                    || point == '\t'
                    || !(Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
        }
    }
}
