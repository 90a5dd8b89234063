package io.replyloop.exchange;

/** A line of an import cannot be understood; the message says why and what to do. */
final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    LineException(String message) {
        super(message);
    }
}
