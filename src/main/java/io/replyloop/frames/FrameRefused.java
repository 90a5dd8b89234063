package io.replyloop.frames;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.time.Duration;
import java.util.UUID;

/** A frame that cannot be parsed, or came too early or too often. Too many of them end the connection. */
public final class FrameRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final UUID id;

    /** @param id the intended action; null if unknown */
    public FrameRefused(ProblemCode code, String message, UUID id) {
        this(new Problem(code, message), id);
    }

    private FrameRefused(Problem problem, UUID id) {
        super(problem.getMessage(), null, false, false);
        this.problem = problem;
        this.id = id;
    }

    public static FrameRefused tooOften(Duration retryAfter, UUID id) {
        return new FrameRefused(
                Problem.rateLimited("Too many frames; wait a moment and send it again.", retryAfter), id);
    }

    public static FrameRefused tooMuch(Duration retryAfter, UUID id) {
        return new FrameRefused(
                Problem.rateLimited("Too many messages in a short time; wait a moment and send it again.", retryAfter),
                id);
    }

    public Problem problem() {
        return problem;
    }

    public UUID id() {
        return id;
    }
}
