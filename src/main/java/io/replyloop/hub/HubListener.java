package io.replyloop.hub;

import java.time.Duration;

/** Hears how a download goes on. */
public interface HubListener {
    /**
     * Called every few seconds.
     *
     * @param left at the speed so far
     */
    default void progress(String file, long bytes, long totalBytes, double bytesPerSecond, Duration left) {}

    /** The connection broke and is tried again. */
    default void interrupted(String reason, int attempt) {}
}
