package io.replyloop.database;

import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The lifecycle of an embedded server. A lock on its folder ensures that no other Replyloop uses it. A server that a
 * killed process left running is stopped, the cluster is created if there is none, and the server then runs as a child
 * process until the JVM exits. If it terminates earlier, it is restarted at the same address; if that fails repeatedly,
 * the application is notified that its database is lost. It is stopped with PostgreSQL's 'smart' shutdown, which waits
 * for the connection pool to close, because shutdown hooks run concurrently and the application still has work to
 * finish.
 */
final class EmbeddedPostgres {
    static final String USER = "replyloop";
    static final String DATABASE = "replyloop";
    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    /** After this time, a server counts as started successfully, whatever ends it later. */
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);

    private static final Duration TELL_AGAIN = Duration.ofSeconds(3);

    private static final String STARTING_UP = "57P03";
    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_WHEN_FULL = Duration.ofSeconds(5);

    private final Path folder;
    private final Path cluster;
    private final boolean fsync;
    private final Consumer<String> whenLost;

    /** Kept for the lifetime of the JVM; closing it would release the folder. */
    private FileLock lock;

    private PostgresPrograms programs;
    private int port;
    private volatile Process server;
    private volatile ServerLog log;
    private volatile boolean stopping;

    /** @param whenLost receives the reason when the server has terminated and cannot be restarted */
    EmbeddedPostgres(Path folder, boolean fsync, Consumer<String> whenLost) {
        this.folder = folder.toAbsolutePath().normalize();
        this.cluster = this.folder.resolve("cluster");
        this.fsync = fsync;
        this.whenLost = whenLost;
    }

    /** Starts the server and returns its JDBC address. */
    String start() {
        try {
            Files.createDirectories(folder);
            lock = PostgresFolder.lock(folder);
            return startLocked();
        } catch (IOException failure) {
            release();
            throw new UncheckedIOException(
                    "The embedded PostgreSQL cannot start. " + ServerLog.explanation(failure, folder), failure);
        } catch (RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private String startLocked() throws IOException {
        programs = new PostgresPrograms(PostgresBinaries.unpackedBelow(folder), folder);
        if (!Files.exists(cluster)) {
            StartNotice.say("Making a new PostgreSQL cluster in " + cluster);
            makeCluster();
        } else if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            throw new IOException(
                    cluster + " has lost files, or was never finished. Put a backup in its place, or delete"
                            + " it to begin with an empty database");
        }
        port = freePort();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "embedded-postgres-stop"));
        launch();
        DaemonThreads.start("embedded-postgres-watch", this::keepRunning);
        return url() + DATABASE;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/";
    }

    /** After a failure, releases the folder for another attempt of this process. */
    private void release() {
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException failure) {
                LOG.debug("The lock on " + folder + " could not be released", failure);
            }
            lock = null;
        }
    }

    /** The holder of the lock owns the folder, so a server that is still running on it has lost its application. */
    private void stopOrphan() throws IOException {
        ClusterProcesses processes = new ClusterProcesses(cluster);
        List<ProcessHandle> orphans = processes.running(account());
        if (!orphans.isEmpty()) {
            LOG.infof("Stopping the PostgreSQL left running on %s", cluster);
            if (processes.isNamed(orphans) && programs.run(pgCtlStop("fast"), "stop") != 0) {
                programs.run(pgCtlStop("immediate"), "stop");
            }
            for (ProcessHandle rest : processes.running(account())) {
                end(rest);
            }
        }
        // No process is using this folder any longer. A leftover file would stop the server from starting.
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    /** The remaining processes of a killed server serve nobody. Committed transactions are in the log. */
    private void end(ProcessHandle process) throws IOException {
        process.destroyForcibly();
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stays) {
            throw new IOException(
                    "The PostgreSQL that runs on " + cluster + " (process " + process.pid()
                            + ") does not end. Stop it.",
                    stays);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while stopping PostgreSQL", interrupted);
        }
    }

    /** Creates it under a temporary name until it is complete, so that an interrupted creation is repeated. */
    private void makeCluster() throws IOException {
        PostgresFolder.password(folder);
        Path fresh = folder.resolve("cluster.new");
        PostgresBinaries.delete(fresh);
        List<String> command = List.of(
                "initdb",
                "-D",
                fresh.toString(),
                "-U",
                USER,
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + folder.resolve("password"));
        ServerLog said = ServerLog.fromNowOn(programs.log("initdb"));
        if (programs.run(command, "initdb") != 0) {
            throw new IOException("initdb failed. " + said.explanation());
        }
        WholeFile.put(fresh, cluster);
    }

    private void launch() throws IOException {
        stopOrphan();
        List<String> command = List.of(
                "postgres",
                "-D",
                cluster.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=" + (fsync ? "on" : "off"),
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "max_connections=100");
        log = ServerLog.fromNowOn(programs.log("server"));
        Process process = programs.start(command, "server");
        server = process;
        if (stopping) {
            process.destroy();
        }
        try {
            awaitDatabase(process);
        } catch (IOException failure) {
            process.destroy();
            throw failure;
        }
    }

    /** Restarts the server whenever it terminates before the application does. */
    private void keepRunning() {
        int attempts = 0;
        while (true) {
            long startedAt = System.nanoTime();
            String failure = "It ended with exit code " + await(server) + ". " + log.explanation();
            if (stopping) {
                return;
            }
            if (System.nanoTime() - startedAt > HEALTHY_AFTER.toNanos()) {
                attempts = 0;
            }
            while (failure != null) {
                boolean full = ServerLog.isFull(folder) || log.trouble() == ServerLog.Trouble.DISK_FULL;
                String advice = ServerLog.Trouble.DISK_FULL.advice();
                LOG.errorf(
                        "Restarting the embedded PostgreSQL. %s. %s",
                        failure, full && !failure.contains(advice) ? advice : "");
                if (full) {
                    // Not a defect of the server; it is over as soon as somebody frees space.
                    rest(PAUSE_WHEN_FULL);
                    attempts = 0;
                } else if (attempts == MOST_ATTEMPTS || log.trouble().stays()) {
                    whenLost.accept("The embedded PostgreSQL cannot be kept running, so Replyloop ends. " + failure);
                    return;
                }
                rest(attempts == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << attempts));
                attempts++;
                if (stopping) {
                    return;
                }
                failure = launchAgain();
            }
            LOG.info("The embedded PostgreSQL is running again");
        }
    }

    /** @return why it is not running; null if it is */
    private String launchAgain() {
        try {
            launch();
            return null;
        } catch (IOException | RuntimeException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static int await(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException nobodyDoesThat) {
                LOG.debug("Interrupted while watching PostgreSQL", nobodyDoesThat);
            }
        }
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException nobodyDoesThat) {
            LOG.debug("Interrupted while PostgreSQL was down", nobodyDoesThat);
        }
    }

    private Properties account() {
        Properties account = new Properties();
        account.setProperty("user", USER);
        account.setProperty("password", PostgresFolder.password(folder));
        account.setProperty("connectTimeout", "2");
        account.setProperty("loginTimeout", "2");
        account.setProperty("socketTimeout", "30");
        return account;
    }

    private void awaitDatabase(Process process) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        long toldAt = System.nanoTime();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url() + "postgres", account())) {
                createDatabase(connection);
                return;
            } catch (SQLException notYet) {
                if (STARTING_UP.equals(notYet.getSQLState())) {
                    // Crash recovery replays committed transactions, which takes an unpredictable time.
                    deadline = System.nanoTime() + START_LIMIT.toNanos();
                }
                if (System.nanoTime() - toldAt > TELL_AGAIN.toNanos()) {
                    StartNotice.say("Waiting for PostgreSQL. " + notYet.getMessage());
                    toldAt = System.nanoTime();
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "PostgreSQL did not accept connections in time. " + log.explanation(), notYet);
                }
            }
            try {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException(
                            "PostgreSQL ended with exit code " + process.exitValue() + ". " + log.explanation());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while PostgreSQL was starting", interrupted);
            }
        }
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        }
    }

    /** Stops the server permanently, and releases the folder. */
    void stop() {
        stopping = true;
        Process process = server;
        try {
            if (process != null) {
                process.destroy();
                if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    programs.run(pgCtlStop("fast"), "stop");
                }
            }
            release();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.warnf("PostgreSQL did not stop: %s. The next start will stop it.", failure.getMessage());
        }
    }

    /** Stops permanently without waiting for open connections; another thread may be starting the server. */
    void stopAtOnce() {
        stopping = true;
        Process process = server;
        if (process == null || !process.isAlive()) {
            return;
        }
        try {
            if (programs.run(pgCtlStop("fast"), "stop") != 0) {
                process.destroy();
            }
        } catch (IOException failure) {
            LOG.debug("PostgreSQL did not stop; the next start will stop it", failure);
        }
    }

    private List<String> pgCtlStop(String mode) {
        return List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", mode, "-w", "-t", "20");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
