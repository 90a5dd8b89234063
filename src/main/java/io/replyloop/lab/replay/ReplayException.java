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

    /** Reads a file. Errors in it are reported to the user, who has to fix them. */
    static <T> T reading(Path file, Source<T> source) {
        try {
            return source.read();
        } catch (IllegalArgumentException refused) {
            throw new ReplayException(refused.getMessage(), refused);
        } catch (IOException failure) {
            throw new ReplayException("Cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Reads a file. */
    @FunctionalInterface
    interface Source<T> {
        T read() throws IOException;
    }
}
