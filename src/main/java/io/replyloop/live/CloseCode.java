package io.replyloop.live;

/** Why the server closes a connection. */
enum CloseCode {
    GOING_AWAY(1001, "The server is going away; connect again"),
    SIGNED_OUT(4401, "Signed out, or the token is no longer valid"),
    BLOCKED(4403, "This customer is blocked"),
    TIMED_OUT(4408, "Nothing was heard in time"),
    FRAME_TOO_LARGE(4413, "The frame is too large"),
    LIMIT_EXCEEDED(4429, "Too many problems or connections, or too slow a reader");

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    int number() {
        return number;
    }

    String reason() {
        return reason;
    }
}
