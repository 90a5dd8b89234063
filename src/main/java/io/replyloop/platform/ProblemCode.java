package io.replyloop.platform;

/**
 * Every reason for which Replyloop refuses a request, with its HTTP status. The problem frames of the WebSocket
 * endpoints use the same codes.
 */
public enum ProblemCode {
    MALFORMED_REQUEST(400),
    INVALID(400),
    MALFORMED_FRAME(400),
    UNKNOWN_TYPE(400),
    TEXT_EMPTY(400),
    TEXT_TOO_LONG(400),
    HELLO_FIRST(400),
    SIGN_IN_FAILED(401),
    SECOND_FACTOR_NEEDED(401),
    SECOND_FACTOR_SETUP_NEEDED(401),
    SECOND_FACTOR_WRONG(401),
    SIGNED_OUT(401),
    TOKEN_INVALID(401),
    TOKEN_EXPIRED(401),
    NOT_ALLOWED(403),
    PASSWORDS_OFF(403),
    BLOCKED(403),
    CROSS_SITE(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    TOO_SLOW(408),
    CONFLICT(409),
    THREAD_MOVED_ON(409),
    LAST_ADMIN(409),
    NO_MODEL(409),
    TOO_FEW_EXAMPLES(409),
    TOO_FEW_CONVERSATIONS(409),
    RUN_ENDED(409),
    ALREADY_RUNNING(409),
    SHADOW_UNDER_WAY(409),
    FRAME_TOO_LARGE(413),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    IMPORT_INVALID(422),
    MODEL_DAMAGED(422),
    MODEL_REFUSED(422),
    RATE_LIMITED(429),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The name used on the wire, such as {@code thread-moved-on}. */
    public String wireName() {
        return WireNames.of(this);
    }
}
