package io.replyloop.hub;

import java.time.Duration;

/** Receives the progress of a download. */
public interface HubListener {
    /**
     * Called every few seconds.
     *
     * @param left at the speed so far
     */
    default void progress(String file, long bytes, long totalBytes, double bytesPerSecond, Duration left) {}

    /** The connection was lost and is retried. */
    default void interrupted(String reason, int attempt) {}
}
