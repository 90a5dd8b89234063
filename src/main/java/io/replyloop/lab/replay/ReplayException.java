package io.replyloop.lab.replay;

import java.io.IOException;
import java.nio.file.Path;

/** The replay cannot continue; the message is shown to the user. */
final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }

    static ReplayException unreadable(Path file, IOException failure) {
        return new ReplayException("Cannot read " + file + ": " + failure.getMessage(), failure);
    }
}
