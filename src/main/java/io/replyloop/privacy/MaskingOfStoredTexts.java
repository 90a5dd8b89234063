package io.replyloop.privacy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Masks what was stored before texts were masked, or was masked by older rules, as that of a node of an older version
 * beside this one: after each start, and again from time to time. In transactions of some hundred rows, each of which a
 * single node takes, so it may be stopped anywhere and goes on where it was.
 */
@ApplicationScoped
public class MaskingOfStoredTexts {
    private static final Logger LOG = Logger.getLogger(MaskingOfStoredTexts.class);
    private static final int ROWS = 200;

    private final Instance<StoredTexts> tables;
    private final DataSource database;

    MaskingOfStoredTexts(Instance<StoredTexts> tables, DataSource database) {
        this.tables = tables;
        this.database = database;
    }

    @Scheduled(
            every = "${replyloop.privacy.masking-check:10m}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            maskAll();
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                LOG.warnf("Stored texts are masked later: %s", cause(failure).getMessage());
            } else {
                LOG.warn("Stored texts could not be masked, and will be tried again", failure);
            }
        }
    }

    /** Masks every row that is left; readers mask for themselves until it has ended. */
    void maskAll() {
        for (StoredTexts table : tables) {
            Told told = new Told(table.table());
            try {
                maskAll(table, told);
            } finally {
                told.end();
            }
        }
    }

    private void maskAll(StoredTexts table, Told told) {
        StoredTexts.Part part = new StoredTexts.Part(null, 0);
        do {
            StoredTexts.Row last = part.last();
            long start = System.nanoTime();
            part = QuarkusTransaction.requiringNew().call(() -> mask(table, last, told));
            told.masked += part.masked();
            if (part.last() != null) {
                rest(System.nanoTime() - start);
            }
        } while (part.last() != null && !Thread.currentThread().isInterrupted());
    }

    private StoredTexts.Part mask(StoredTexts table, StoredTexts.Row after, Told told) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return table.mask(connection, after, ROWS, told);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() == null ? failure : cause(failure.getCause());
    }

    /** What the log is told of one table: what fails for all rows in the same way is said once. */
    private static final class Told implements StoredTexts.Failures {
        private final String table;
        private long masked;
        private long failed;

        Told(String table) {
            this.table = table;
        }

        @Override
        public void failed(Object row, Exception why) {
            if (failed++ == 0) {
                LOG.warnf(why, "Row %s of %s could not be masked, and will be tried again", row, table);
            }
        }

        void end() {
            if (failed > 1) {
                LOG.warnf("As that one, %d rows of %s in all could not be masked", (Object) failed, table);
            }
            if (masked > 0) {
                LOG.infof("Masked the personal data in %d rows of %s", (Object) masked, table);
            }
        }
    }

    /** As long as it has worked: people are being served meanwhile. */
    private static void rest(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
