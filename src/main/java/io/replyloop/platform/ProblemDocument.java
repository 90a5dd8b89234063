package io.replyloop.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The body of every error answer (RFC 9457, {@code application/problem+json}). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String reference,
        Long retryAfterMillis,
        List<Violation> violations) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** One field that does not hold what it should. */
    public record Violation(String field, String message) {}

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
