package io.replyloop.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What libraries say before Quarkus has read which logs are wanted. It keeps all of that, and prints it in front of the
 * reason when a start fails: a stranger without a database then reads of CUDA and Hibernate first.
 */
final class EarlyLogs {
    /** Held, because a logger that nobody holds forgets its level. */
    private static final List<Logger> LOGGERS =
            Stream.of("ai.djl", "org.hibernate").map(Logger::getLogger).toList();

    private EarlyLogs() {}

    /** Errors only, as application.properties has it for the time after, and of Hibernate also warnings. */
    static void quieten() {
        LOGGERS.forEach(logger -> logger.setLevel(logger.getName().equals("ai.djl") ? Level.SEVERE : Level.WARNING));
    }
}
