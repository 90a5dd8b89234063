package io.replyloop.database;

import org.jboss.logging.Logger;

/**
 * Says what takes seconds at the very beginning of a start. Quarkus keeps what is logged until its own logging is set up,
 * and at the first start that is after all of this, so a server on its way up says it on the console.
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
