package io.replyloop.platform;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** No control characters except line breaks and tabs, and no lone surrogates; the database accepts neither. */
@Constraint(validatedBy = PlainText.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {
    String message() default "contains a control character or half a character; remove it";

    /** Whether line breaks and tabs are allowed, as they are not in names, which must be visible and turn no text, either. */
    boolean lines() default true;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Public because Hibernate Validator instantiates it. */
    final class Rule implements ConstraintValidator<PlainText, String> {
        private boolean lines;

        @Override
        public void initialize(PlainText text) {
            lines = text.lines();
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || value.codePoints().allMatch(this::isPlain) && (lines || !isInvisible(value));
        }

        /** A name that nobody sees, of zero-width characters for instance. */
        private static boolean isInvisible(String name) {
            return name.codePoints().anyMatch(point -> Character.getType(point) == Character.FORMAT)
                    && name.codePoints().allMatch(ReadableName::showsNothing);
        }

        private boolean isPlain(int point) {
            if (!lines && ReadableName.turnsText(point)) {
                return false;
            }
            return lines && (point == '\n' || point == '\t')
                    || !(Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
        }
    }
}
