package io.replyloop.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Something that the caller did wrong or has to wait for. The message is written for people, says what to do, and is
 * shown to the caller: never put a secret or other people's data in it.
 */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final Duration retryAfter;
    private final transient List<ProblemDocument.Violation> violations;

    public Problem(ProblemCode code, String message) {
        this(code, message, null, List.of(), null);
    }

    public Problem(ProblemCode code, String message, Throwable cause) {
        this(code, message, null, List.of(), cause);
    }

    private Problem(
            ProblemCode code,
            String message,
            Duration retryAfter,
            List<ProblemDocument.Violation> violations,
            Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
        this.violations = violations;
    }

    public static Problem rateLimited(String message, Duration retryAfter) {
        return new Problem(ProblemCode.RATE_LIMITED, message, retryAfter, List.of(), null);
    }

    /** For what the server cannot do just now, and can soon. */
    public static Problem unavailable(String message, Duration retryAfter) {
        return new Problem(ProblemCode.UNAVAILABLE, message, retryAfter, List.of(), null);
    }

    /** A problem with one field; pages can name the field and the rule in their own language. */
    public static Problem ofField(
            ProblemCode code, String field, FieldRule rule, Map<String, Object> values, String message) {
        return new Problem(
                code, message, null, List.of(ProblemDocument.Violation.of(field, message, rule, values)), null);
    }

    public static Problem ofField(String field, FieldRule rule, String message) {
        return ofField(ProblemCode.INVALID, field, rule, Map.of(), message);
    }

    public static Problem notFound(String what) {
        return new Problem(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
    }

    public ProblemCode code() {
        return code;
    }

    /** The fields concerned; usually none. */
    public List<ProblemDocument.Violation> violations() {
        return violations;
    }

    /** How long to wait before trying again; null if waiting does not help. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The same in whole seconds, as the header has it. */
    long retryAfterSeconds() {
        return Math.max(1, retryAfter.toSeconds());
    }
}
