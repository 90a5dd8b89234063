package io.replyloop.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of every error response (RFC 9457, {@code application/problem+json}). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        @Schema(
                description = "Always about:blank: the code tells what kind of problem it is",
                examples = "about:blank",
                required = true)
        String type,

        @Schema(description = "The code in words", examples = "Not found", required = true)
        String title,

        @Schema(description = "The HTTP status", examples = "404", required = true)
        int status,

        @Schema(
                description = "What went wrong, for programs; the same codes stand in problem frames of the WebSockets",
                examples = "not-found",
                required = true)
        String code,

        @Schema(
                description = "What went wrong and what to do, for people, in English",
                examples = "There is no such reply.",
                required = true)
        String detail,

        @Schema(description = "Under which the server's log has a failure", examples = "5f3a9c01")
        String reference,

        @Schema(description = "Milliseconds after which the same request may succeed", examples = "1500")
        Long retryAfterMillis,

        @Schema(description = "The fields that do not hold what they should")
        List<Violation> violations) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A field with an invalid value. */
    @Schema(name = "ProblemViolation")
    public record Violation(
            @Schema(description = "The field", examples = "email", required = true)
            String field,

            @Schema(
                    description = "What it should be, for people, in English",
                    examples = "is not an e-mail address",
                    required = true)
            String message,

            @Schema(description = "What is wrong with it, for programs", examples = "too-long", required = true)
            String rule,

            @Schema(description = "What the rule compares with, by name", required = true)
            Map<String, Object> values) {
        static Violation of(String field, String message, FieldRule rule, Map<String, Object> values) {
            return new Violation(field, message, rule.wireName(), values);
        }
    }

    public static ProblemDocument of(ProblemCode code, String detail) {
        return new ProblemDocument(
                "about:blank", title(code), code.status(), code.wireName(), detail, null, null, null);
    }

    ProblemDocument withReference(String id) {
        return new ProblemDocument(type, title, status, code, detail, id, retryAfterMillis, violations);
    }

    ProblemDocument withRetryAfter(long millis) {
        return new ProblemDocument(type, title, status, code, detail, reference, millis, violations);
    }

    ProblemDocument withViolations(List<Violation> list) {
        return new ProblemDocument(type, title, status, code, detail, reference, retryAfterMillis, list);
    }

    private static String title(ProblemCode code) {
        String words = code.wireName().replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
