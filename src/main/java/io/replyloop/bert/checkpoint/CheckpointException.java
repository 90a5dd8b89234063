package io.replyloop.bert.checkpoint;

/** A checkpoint that cannot be used. The message names the file, the tensor if there is one, and the remedy. */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
