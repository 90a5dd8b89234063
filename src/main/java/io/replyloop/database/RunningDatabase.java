package io.replyloop.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The database of a running server, for commands on the same machine: the configured one, or its embedded one. */
public final class RunningDatabase {
    public static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
    private static final String USER = "QUARKUS_DATASOURCE_USERNAME";
    private static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";

    /** In PostgreSQL's file postmaster.pid; the lines before it are the process, the folder and the time of its start. */
    private static final int PORT_LINE = 3;

    private RunningDatabase() {}

    /**
     * @param environment the server's own variables
     * @param dataFolder the server's, which has the embedded database
     * @throws IllegalArgumentException if there is none, with a text that says what to do
     */
    public static UnpooledConnections.Access find(Map<String, String> environment, Path dataFolder) {
        String url = environment.get(URL);
        if (url != null && !url.isBlank()) {
            return new UnpooledConnections.Access(url, environment.get(USER), environment.get(PASSWORD));
        }
        Path folder = dataFolder.resolve("postgres");
        Path running = folder.resolve("cluster").resolve("postmaster.pid");
        try {
            if (!Files.exists(running)) {
                throw new IllegalArgumentException("No server runs on the folder " + dataFolder.toAbsolutePath()
                        + ". Start it, name its folder with --data-dir, or set " + URL + " as the server has it.");
            }
            List<String> lines = Files.readAllLines(running);
            int port = Integer.parseInt(lines.get(PORT_LINE).strip());
            return new UnpooledConnections.Access(
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.DATABASE,
                    EmbeddedPostgres.USER,
                    PostgresFolder.password(folder));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + running, failure);
        }
    }
}
