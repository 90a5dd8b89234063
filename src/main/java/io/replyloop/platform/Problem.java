package io.replyloop.platform;

import java.time.Duration;

/**
 * Something that the caller did wrong or has to wait for. The message is written for people, names what to do, and is
 * shown to whoever asked: never put a secret or somebody else's data in it.
 */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final Duration retryAfter;

    public Problem(ProblemCode code, String message) {
        this(code, message, null, null);
    }

    public Problem(ProblemCode code, String message, Throwable cause) {
        this(code, message, null, cause);
    }

    private Problem(ProblemCode code, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public static Problem rateLimited(String message, Duration retryAfter) {
        return new Problem(ProblemCode.RATE_LIMITED, message, retryAfter, null);
    }

    public static Problem notFound(String what) {
        return new Problem(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
    }

    public ProblemCode code() {
        return code;
    }

    /** How long to wait before asking again; null when waiting does not help. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
