package io.replyloop.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The life of an embedded server: a lock on its folder says that no other Replyloop uses it; a server that an earlier
 * process left running (that process was killed) is stopped; the cluster is made when there is none; then the server
 * runs as a child process until the JVM ends. It is stopped in PostgreSQL's 'smart' way, which waits for the
 * connection pool to close, because shutdown hooks run side by side and the application still has work to finish.
 */
final class EmbeddedPostgres {
    static final String USER = "replyloop";
    private static final String DATABASE = "replyloop";
    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Path folder;
    private final Path cluster;
    private final boolean fsync;

    /** Kept for as long as the JVM lives; closing it would release the folder. */
    private FileLock lock;

    private Path binaries;

    EmbeddedPostgres(Path folder, boolean fsync) {
        this.folder = folder.toAbsolutePath().normalize();
        this.cluster = this.folder.resolve("cluster");
        this.fsync = fsync;
    }

    /** Starts the server and returns its JDBC address. */
    String start() {
        try {
            Files.createDirectories(folder);
            lock = lock(folder.resolve("lock"));
            return startLocked();
        } catch (IOException failure) {
            release();
            throw new UncheckedIOException("The embedded PostgreSQL in " + folder + " cannot start", failure);
        } catch (RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private String startLocked() throws IOException {
        binaries = PostgresBinaries.unpackedBelow(folder);
        stopOrphan();
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            LOG.infof("Making a new PostgreSQL cluster in %s", cluster);
            makeCluster();
        }
        return launch();
    }

    /** After a failure, so that another attempt of this process finds the folder free. */
    private void release() {
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException failure) {
                LOG.debug("The lock on " + folder + " could not be given back", failure);
            }
            lock = null;
        }
    }

    static String password(Path folder) {
        Path file = folder.resolve("password");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                byte[] secret = new byte[24];
                new SecureRandom().nextBytes(secret);
                writePrivately(file, HexFormat.of().formatHex(secret));
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read or write " + file, failure);
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, text);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new IOException("Another Replyloop is running on the folder " + file.getParent()
                    + ". Stop it, or give this one another folder with replyloop.data-dir.");
        }
        return held;
    }

    /** Whoever holds the lock owns the folder, so a server that still runs on it has lost its application. */
    private void stopOrphan() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        boolean isServer = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        if (!isServer) {
            // The machine went down, or the number belongs to another program by now; the server would refuse to guess.
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.infof("Stopping the PostgreSQL (process %d) that an earlier Replyloop left running", pid);
        if (run(List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "20"), "stop") != 0) {
            run(List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "immediate", "-w", "-t", "20"), "stop");
        }
    }

    private void makeCluster() throws IOException {
        password(folder);
        List<String> command = List.of(
                "initdb",
                "-D",
                cluster.toString(),
                "-U",
                USER,
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + folder.resolve("password"));
        if (run(command, "initdb") != 0) {
            throw new IOException("initdb failed; see " + folder.resolve("initdb.log"));
        }
    }

    private String launch() throws IOException {
        int port = freePort();
        List<String> command = command(List.of(
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
                "max_connections=100"));
        Path log = folder.resolve("server.log");
        if (Files.isExecutable(SETSID)) {
            // In a session of its own, or Ctrl-C in the terminal would stop it before the application has finished.
            command.add(0, SETSID.toString());
        }
        Process server = process(command, log).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "embedded-postgres-stop"));
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/";
        awaitDatabase(server, url, log);
        return url + DATABASE;
    }

    private void awaitDatabase(Process server, String url, Path log) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        Properties account = new Properties();
        account.setProperty("user", USER);
        account.setProperty("password", password(folder));
        account.setProperty("loginTimeout", "2");
        while (true) {
            try (Connection connection = DriverManager.getConnection(url + "postgres", account)) {
                createDatabase(connection);
                return;
            } catch (SQLException notYet) {
                if (!server.isAlive()) {
                    throw new IOException(
                            "PostgreSQL ended with exit code " + server.exitValue() + "; see " + log, notYet);
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("PostgreSQL did not accept connections in time; see " + log, notYet);
                }
            }
            try {
                if (server.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("PostgreSQL ended with exit code " + server.exitValue() + "; see " + log);
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

    private void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                run(List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "10"), "stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.warnf("PostgreSQL did not stop: %s. The next start will stop it.", failure.getMessage());
        }
    }

    private int run(List<String> command, String name) throws IOException {
        Process process =
                process(command(command), folder.resolve(name + ".log")).start();
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted during " + name, interrupted);
        }
    }

    private ProcessBuilder process(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace of its own the process is nobody, and so is the owner of
     * the files that root made, which is all that it checks.
     */
    private List<String> command(List<String> line) {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(line.get(0)).toString());
        command.addAll(line.subList(1, line.size()));
        return command;
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
