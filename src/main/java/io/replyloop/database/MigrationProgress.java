package io.replyloop.database;

import java.time.Duration;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jboss.logging.Logger;

/** Logs that the schema is being created or upgraded, and the progress if it takes long. One instance per upgrade. */
public class MigrationProgress extends BaseCallback {
    private static final Logger LOG = Logger.getLogger(MigrationProgress.class);
    private static final Duration TELL_AGAIN = Duration.ofSeconds(2);

    private long toldAt;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        long now = System.nanoTime();
        if (toldAt == 0 || now - toldAt > TELL_AGAIN.toNanos()) {
            LOG.infof(
                    "Bringing the database's schema up to date, %s %s",
                    toldAt == 0 ? "beginning with" : "now with",
                    context.getMigrationInfo().getScript());
            toldAt = now;
        }
    }
}
