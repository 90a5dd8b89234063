package io.replyloop.platform;

import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Logs that the server has turned something away because it was busy: one line a minute, without a stack, whose reference
 * all who were turned away meanwhile get. It happens on purpose, and to hundreds at once, which a line for each would not
 * make better.
 */
final class BusyLog {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private String reference;
    private long at;

    /** @param now in nanoseconds of any clock that only goes forward */
    synchronized String logged(String what, long now) {
        if (reference == null || now - at >= EVERY) {
            reference = ProblemMappers.newReference();
            at = now;
            LOG.warnf("[%s] too busy, said once a minute: %s", reference, what);
        }
        return reference;
    }
}
