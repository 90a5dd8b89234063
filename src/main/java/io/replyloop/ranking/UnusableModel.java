package io.replyloop.ranking;

/** A valid checkpoint that cannot rank; the message names the file and what is wrong with it. */
public final class UnusableModel extends RuntimeException {
    UnusableModel(String message) {
        super(message);
    }

    UnusableModel(String message, Throwable cause) {
        super(message, cause);
    }
}
