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

    /** Whether line breaks and tabs are allowed, as they are not in names. */
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
            return value == null || value.codePoints().allMatch(this::isPlain);
        }

        private boolean isPlain(int point) {
            return lines && (point == '\n' || point == '\t')
                    || !(Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
        }
    }
}
