package io.replyloop.hub;

/** A model cannot be downloaded. The message says why and what to do, and is shown to the user. */
public final class HubException extends RuntimeException {
    HubException(String message) {
        super(message);
    }

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
