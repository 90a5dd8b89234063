package io.replyloop.bert.checkpoint;

/** A checkpoint that cannot be used. The message names the file, the tensor where there is one, and what to do. */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
