package io.replyloop.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * Finds the server that runs on a cluster, and no other. The process id in {@code postmaster.pid} proves nothing: after
 * a power failure the file may be empty, truncated or garbage, and the id may belong to another process by now, even
 * another PostgreSQL. A server is ours only if its data folder is ours. PostgreSQL uses its data folder as its working
 * directory, which Linux exposes for each process; elsewhere the server itself is asked.
 */
final class ClusterProcesses {
    private static final Path PROCESSES = Path.of("/proc");

    private final Path cluster;

    /** @param number the process id @param port -1 if the file contains none */
    private record Named(long number, int port) {}

    ClusterProcesses(Path cluster) {
        this.cluster = cluster;
    }

    /** All processes of the server on this cluster; empty if it is not running. */
    List<ProcessHandle> running(Properties account) throws IOException {
        if (Files.isSymbolicLink(PROCESSES.resolve("self/cwd"))) {
            return ProcessHandle.allProcesses()
                    .filter(ClusterProcesses::isPostgres)
                    .filter(this::worksInCluster)
                    .toList();
        }
        return byAsking(account);
    }

    /** For macOS and Windows, where processes do not expose their working directories. */
    List<ProcessHandle> byAsking(Properties account) throws IOException {
        Named named = named();
        ProcessHandle process = named == null
                ? null
                : ProcessHandle.of(named.number)
                        .filter(ClusterProcesses::isPostgres)
                        .orElse(null);
        return process != null && answersForCluster(named, account) ? List.of(process) : List.of();
    }

    /** Whether {@code postmaster.pid} names one of these, so that {@code pg_ctl} can stop them. */
    boolean isNamed(List<ProcessHandle> processes) throws IOException {
        Named named = named();
        return named != null && processes.stream().anyMatch(process -> process.pid() == named.number);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    private boolean worksInCluster(ProcessHandle process) {
        try {
            return Files.isSameFile(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("cwd"), cluster);
        } catch (IOException endedOrOfAnotherUser) {
            return false;
        }
    }

    private Named named() throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        // Garbage may not be valid UTF-8, whereas Latin-1 accepts every byte.
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        try {
            long number = Long.parseLong(lines.get(0).strip());
            return number > 0 ? new Named(number, port(lines)) : null;
        } catch (NumberFormatException | IndexOutOfBoundsException emptyOrRubbish) {
            return null;
        }
    }

    private static int port(List<String> lines) {
        try {
            return Integer.parseInt(lines.get(3).strip());
        } catch (NumberFormatException | IndexOutOfBoundsException cut) {
            return -1;
        }
    }

    private boolean answersForCluster(Named named, Properties account) throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + named.port + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, account);
                var row = connection.createStatement().executeQuery("show data_directory")) {
            row.next();
            return Files.isSameFile(Path.of(row.getString(1)), cluster);
        } catch (SQLException failure) {
            if (failure.getSQLState() != null && failure.getSQLState().startsWith("28")) {
                // Our own server would accept our password.
                return false;
            }
            throw new IOException(
                    "Process " + named.number + " is a PostgreSQL that may be running on " + cluster
                            + " and does not say so. Stop it; or, if its data are elsewhere, delete "
                            + cluster.resolve("postmaster.pid") + ".",
                    failure);
        }
    }
}
