package io.replyloop.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Limits the log output of libraries before Quarkus has read the log settings. Quarkus buffers that output and prints
 * it before the reason when a start fails: somebody without a database would first read about CUDA and Hibernate.
 */
final class EarlyLogs {
    /** Strong references, because a logger that is garbage-collected loses its level. */
    private static final List<Logger> LOGGERS =
            Stream.of("ai.djl", "org.hibernate").map(Logger::getLogger).toList();

    private EarlyLogs() {}

    /** Only errors, as configured in application.properties for later, and for Hibernate also warnings. */
    static void quieten() {
        LOGGERS.forEach(logger -> logger.setLevel(logger.getName().equals("ai.djl") ? Level.SEVERE : Level.WARNING));
    }
}
