package io.replyloop.exchange;

import io.replyloop.knowledge.ReplyDraft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules for replies, with violations as reasons that pages can translate. */
@ApplicationScoped
class DraftRules {
    private final Validator validator;

    DraftRules(Validator validator) {
        this.validator = validator;
    }

    /** The rules that the draft violates, as one reason each. */
    List<Reason> violations(ReplyDraft draft) {
        return validator.validate(draft).stream()
                .map(DraftRules::reason)
                .sorted(Comparator.comparing(Reason::message))
                .toList();
    }

    private static Reason reason(ConstraintViolation<ReplyDraft> violation) {
        String field = violation.getPropertyPath().iterator().next().getName();
        String rule = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        Object max = violation.getConstraintDescriptor().getAttributes().get("max");
        boolean isList = violation.getInvalidValue() instanceof List;
        ReasonCode code = switch (rule) {
            case "NotBlank" -> field.equals(Columns.TEXT) ? ReasonCode.TEXT_MISSING : ReasonCode.MISSING;
            case "Size" -> isList ? ReasonCode.TOO_MANY : ReasonCode.TOO_LONG;
            case "PlainText" -> ReasonCode.NOT_PLAIN;
            case "Choices" -> ReasonCode.BAD_CHOICES;
            case "Language" -> ReasonCode.UNKNOWN_LANGUAGE;
            case "Pattern" -> field.equals("shortcode") ? ReasonCode.BAD_SHORTCODE : ReasonCode.BAD_CATEGORY;
            default -> ReasonCode.BAD_FIELD;
        };
        Map<String, Object> values = new LinkedHashMap<>(Map.of("field", field));
        if (max != null) {
            values.put("max", max);
        }
        // The message of the rule is more specific than the code.
        return new Reason(code.wireName(), field + " " + violation.getMessage(), values);
    }
}
