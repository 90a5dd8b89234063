package io.replyloop.database;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.replyloop.platform.DaemonThreads;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/**
 * Provides the database's address if it is not configured, by starting an embedded PostgreSQL if that is allowed. It
 * has the lowest priority, so a configured address wins. It does not list the address among its property names, because
 * the build reads every listed name and must not start a server.
 */
@StaticInitSafe
public final class EmbeddedDatabaseConfigSource implements ConfigSourceFactory {
    /**
     * A system property that marks the start of a server, as opposed to a build or a test that only reads the
     * configuration.
     */
    public static final String START_AT_ONCE = "replyloop.database.embedded.start-at-once";

    private static final Logger LOG = Logger.getLogger(EmbeddedDatabaseConfigSource.class);
    private static final String URL = "quarkus.datasource.jdbc.url";
    private static final String USER = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";

    /** Survives class loaders: after a live reload, and for a second test profile, the server is already running. */
    private static final String RUNNING_URL = "replyloop.database.embedded.running-url";

    private static volatile EmbeddedPostgres launched;

    /** For a start that is aborted: open connections are closed. */
    public static void stopAtOnce() {
        EmbeddedPostgres server = launched;
        if (server != null) {
            server.stopAtOnce();
        }
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean embedded = "true".equals(value(context, "replyloop.database.embedded", "false"));
        boolean fsync = !"false".equals(value(context, "replyloop.database.fsync", "true"));
        Path folder = Path.of(value(context, "replyloop.data-dir", "data"), "postgres");
        boolean configured =
                context.getValue(URL) != null && context.getValue(URL).getValue() != null;
        if (configured) {
            return List.of();
        }
        Source source = new Source(embedded, folder, fsync);
        if (embedded && Boolean.getBoolean(START_AT_ONCE)) {
            startInBackground(source);
        }
        return List.of(source);
    }

    /** The server starts in parallel to the application; a request for its address waits for the lock. */
    private static void startInBackground(Source source) {
        DaemonThreads.start("embedded-postgres-start", () -> {
            try {
                source.url();
            } catch (RuntimeException failure) {
                LOG.debug("It will be started again on the next request", failure);
            }
        });
    }

    /** The supervisor of the process (systemd, a container's restart policy) restarts it and sees the reason. */
    private static void end(String reason) {
        LOG.fatal(reason);
        Quarkus.asyncExit(1);
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? otherwise : value.getValue();
    }

    private record Source(boolean embedded, Path folder, boolean fsync) implements ConfigSource {
        @Override
        public Map<String, String> getProperties() {
            return Map.of();
        }

        @Override
        public Set<String> getPropertyNames() {
            return embedded ? Set.of(USER, PASSWORD) : Set.of();
        }

        @Override
        public String getValue(String name) {
            return switch (name) {
                case URL -> url();
                case USER -> embedded ? EmbeddedPostgres.USER : null;
                case PASSWORD -> embedded ? PostgresFolder.password(folder) : null;
                default -> null;
            };
        }

        private String url() {
            if (!embedded) {
                throw new IllegalStateException("No database is configured. Set quarkus.datasource.jdbc.url, "
                        + "quarkus.datasource.username and quarkus.datasource.password to use a PostgreSQL server, or "
                        + "replyloop.database.embedded=true to let Replyloop run one in its data folder.");
            }
            synchronized (System.class) {
                String running = System.getProperty(RUNNING_URL);
                if (running == null) {
                    launched = new EmbeddedPostgres(folder, fsync, EmbeddedDatabaseConfigSource::end);
                    running = launched.start();
                    System.setProperty(RUNNING_URL, running);
                    System.clearProperty(START_AT_ONCE);
                }
                return running;
            }
        }

        @Override
        public String getName() {
            return "embedded PostgreSQL";
        }

        @Override
        public int getOrdinal() {
            return 10;
        }
    }
}
