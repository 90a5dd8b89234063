package io.replyloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder for all, since a new one costs seconds: each test leaves it with a whole cluster on which nobody runs. */
class EmbeddedPostgresTest {
    @TempDir
    static Path folder;

    @Test
    void after_a_kill_of_the_application_the_server_it_left_is_stopped_and_committed_rows_are_there() throws Exception {
        Process application = startApplication();
        String url = address(application);
        assertThat(url).as("the first application did not start").isNotNull();
        store(url);
        long orphan = serverProcess();
        application.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(ProcessHandle.of(orphan).isPresent())
                .as("the server should outlive its killed application")
                .isTrue();

        Process second = startApplication();
        try {
            String secondUrl = address(second);
            assertThat(secondUrl).as("the second application did not start").isNotNull();
            assertThat(hasEnded(orphan)).isTrue();
            assertThat(stored(secondUrl)).isEqualTo("acknowledged");
        } finally {
            second.destroy();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.notExists(folder.resolve("cluster/postmaster.pid")))
                .as("a clean stop stops the server too")
                .isTrue();
    }

    @Test
    void a_second_application_on_the_same_folder_is_refused_with_a_sentence_that_helps() throws Exception {
        Process first = startApplication();
        try {
            assertThat(address(first)).isNotNull();
            UncheckedIOException refused = assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> server().start())
                    .actual();
            assertThat(refused.getCause().getMessage().contains("replyloop.data-dir"))
                    .as("%s", refused.getCause().getMessage())
                    .isTrue();
        } finally {
            first.destroy();
            assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_killed_server_is_started_again_at_the_same_address_with_all_that_was_committed() throws Exception {
        EmbeddedPostgres server = server();
        String url = server.start();
        try {
            store(url);
            long killed = serverProcess();
            kill(killed);

            await().ignoreExceptions().until(() -> stored(url).equals("acknowledged"));
            assertThat(serverProcess()).isNotEqualTo(killed);
        } finally {
            server.stop();
        }
        assertThat(Files.notExists(folder.resolve("cluster/postmaster.pid")))
                .as("a stop stops the new server too")
                .isTrue();
    }

    @Test
    void whatever_the_process_file_says_after_a_power_cut_the_server_starts_and_nobody_else_is_stopped()
            throws Exception {
        startAndStop();
        Path pidFile = folder.resolve("cluster/postmaster.pid");
        Path elsewhere = neighboursFolder();
        EmbeddedPostgres neighbour = new EmbeddedPostgres(elsewhere, false, reason -> {});
        Process bystander = new ProcessBuilder("cat").start();
        try {
            String neighbours = neighbour.start();
            byte[] foreign = Files.readAllBytes(elsewhere.resolve("cluster/postmaster.pid"));
            byte[] rubbish = {(byte) 0xff, 0, 10, 7};
            byte[] program = (bystander.pid() + "\nx\n0\n1\n").getBytes(StandardCharsets.US_ASCII);
            for (byte[] content : List.of(new byte[0], rubbish, program, foreign)) {
                Files.write(pidFile, content);
                startAndStop();
            }

            Process killed = startApplication();
            assertThat(address(killed)).isNotNull();
            long orphan = serverProcess();
            killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            Files.write(pidFile, foreign);
            startAndStop();
            assertThat(hasEnded(orphan)).isTrue();

            assertThat(bystander.isAlive()).isTrue();
            try (Connection connection = connect(neighbours, elsewhere)) {
                assertThat(connection.isValid(5)).isTrue();
            }
            // As it is done where no list of processes tells in which folder each works.
            assertThat(asked(elsewhere.resolve("cluster"), elsewhere).size()).isEqualTo(1);
            Files.write(pidFile, foreign);
            assertThat(asked(folder.resolve("cluster"), elsewhere)).isEqualTo(List.of());
            assertThat(asked(folder.resolve("cluster"), folder)).isEqualTo(List.of());
        } finally {
            Files.deleteIfExists(pidFile);
            bystander.destroy();
            neighbour.stop();
        }
    }

    @Test
    void files_of_another_version_end_the_application_and_refuse_a_start_with_what_to_do() throws Exception {
        CompletableFuture<String> lost = new CompletableFuture<>();
        EmbeddedPostgres server = new EmbeddedPostgres(folder, false, lost::complete);
        server.start();
        Path version = folder.resolve("cluster/PG_VERSION");
        String own = Files.readString(version);
        Files.writeString(version, "14\n");
        try {
            kill(serverProcess());
            assertThat(lost.get(30, TimeUnit.SECONDS).contains("pg_dump"))
                    .as("%s", lost.join())
                    .isTrue();
            server.stop();

            UncheckedIOException refused = assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> server().start())
                    .actual();
            assertThat(refused.getMessage().contains("pg_dump"))
                    .as("%s", refused.getMessage())
                    .isTrue();
        } finally {
            Files.writeString(version, own);
        }
    }

    @Test
    void what_the_operating_system_refuses_is_told_with_what_to_do() {
        String rights = ServerLog.explanation(new AccessDeniedException("/data/lock"), folder);
        assertThat(rights.contains("chown") && rights.contains(folder.toString()))
                .as("%s", rights)
                .isTrue();
        String full =
                ServerLog.explanation(new FileSystemException("/data/x", null, "No space left on device"), folder);
        assertThat(full.contains("Free some space")).as("%s", full).isTrue();
    }

    private static EmbeddedPostgres server() {
        return new EmbeddedPostgres(folder, false, reason -> {});
    }

    private static void startAndStop() {
        EmbeddedPostgres server = server();
        server.start();
        server.stop();
    }

    /** With the programs that are unpacked already. */
    private static Path neighboursFolder() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        try (Stream<Path> files = Files.list(folder)) {
            Path programs = files.filter(file -> file.getFileName().toString().startsWith("programs-"))
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(elsewhere.resolve(programs.getFileName()), programs);
        }
        return elsewhere;
    }

    private static List<ProcessHandle> asked(Path cluster, Path passwordFolder) throws IOException {
        Properties account = new Properties();
        account.setProperty("user", EmbeddedPostgres.USER);
        account.setProperty("password", PostgresFolder.password(passwordFolder));
        return new ClusterProcesses(cluster).byAsking(account);
    }

    private static void kill(long process) {
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
    }

    /** No program any more; where the first process of the machine reaps nobody, a zombie keeps the number. */
    private static boolean hasEnded(long process) {
        return ProcessHandle.of(process)
                .flatMap(handle -> handle.info().command())
                .isEmpty();
    }

    private static Process startApplication() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Application.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String address(Process application) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("jdbc:")) {
                return line;
            }
        }
        return null;
    }

    private static void store(String url) throws SQLException {
        try (Connection connection = connect(url, folder)) {
            connection.createStatement().execute("drop table if exists kept");
            connection.createStatement().execute("create table kept (word text)");
            connection.createStatement().execute("insert into kept values ('acknowledged')");
        }
    }

    private static String stored(String url) throws SQLException {
        try (Connection connection = connect(url, folder);
                var rows = connection.createStatement().executeQuery("select word from kept")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(String url, Path passwordFolder) throws SQLException {
        return DriverManager.getConnection(url, EmbeddedPostgres.USER, PostgresFolder.password(passwordFolder));
    }

    private static long serverProcess() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip());
    }

    /** An application that only holds the database; it ends by being killed or stopped. */
    static final class Application {
        public static void main(String... arguments) throws Exception {
            System.out.println(new EmbeddedPostgres(Path.of(arguments[0]), false, reason -> {}).start());
            System.in.read();
        }
    }
}
