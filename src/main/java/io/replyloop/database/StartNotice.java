package io.replyloop.database;

import org.jboss.logging.Logger;

/**
 * Announces steps of a start that take seconds. Quarkus buffers log messages until its logging is set up, which on a
 * first start is after all of these steps, so a starting server prints them to the console.
 */
final class StartNotice {
    private static final Logger LOG = Logger.getLogger(StartNotice.class);

    private StartNotice() {}

    static void say(String text) {
        if (Boolean.getBoolean(EmbeddedDatabaseConfigSource.START_AT_ONCE)) {
            System.out.println(text);
        } else {
            LOG.info(text);
        }
    }
}
