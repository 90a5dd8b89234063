package io.replyloop.hub;

/** A model cannot be fetched; the message says why and what to do, and is meant for people. */
public final class HubException extends RuntimeException {
    HubException(String message) {
        super(message);
    }

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
