package io.replyloop.privacy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Masks what was stored before texts were masked, and what a node of an older version stores beside this one: after each
 * start, and again from time to time. In transactions of some hundred rows, each of which a single node takes, so it may
 * be stopped anywhere and goes on where it was.
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
            LOG.warn("Stored texts could not be masked, and will be tried again", failure);
        }
    }

    /** Masks every row that is left; readers mask for themselves until it has ended. */
    void maskAll() {
        for (StoredTexts table : tables) {
            long all = 0;
            StoredTexts.Part part = new StoredTexts.Part(null, 0);
            do {
                Object last = part.last();
                long start = System.nanoTime();
                part = QuarkusTransaction.requiringNew().call(() -> mask(table, last));
                all += part.masked();
                if (part.last() != null) {
                    rest(System.nanoTime() - start);
                }
            } while (part.last() != null && !Thread.currentThread().isInterrupted());
            if (all > 0) {
                LOG.infof("Masked the personal data in %d rows of %s", (Object) all, table.table());
            }
        }
    }

    private StoredTexts.Part mask(StoredTexts table, Object after) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return table.mask(connection, after, ROWS);
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
