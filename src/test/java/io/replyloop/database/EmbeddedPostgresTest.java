package io.replyloop.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final int LOST = 3;

    @TempDir
    Path folder;

    @Test
    void after_a_kill_of_the_application_the_server_it_left_is_stopped_and_committed_rows_are_there() throws Exception {
        Process application = startApplication();
        String url = address(application);
        assertNotNull(url, "the first application did not start");
        try (Connection connection = connect(url)) {
            connection.createStatement().execute("create table kept (word text)");
            connection.createStatement().execute("insert into kept values ('acknowledged')");
        }
        long orphan = serverProcess();
        application.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertTrue(ProcessHandle.of(orphan).isPresent(), "the server should outlive its killed application");

        Process second = startApplication();
        try {
            String secondUrl = address(second);
            assertNotNull(secondUrl, "the second application did not start");
            // No program any more; where the first process of the machine reaps nobody, a zombie keeps the number.
            assertTrue(ProcessHandle.of(orphan)
                    .flatMap(process -> process.info().command())
                    .isEmpty());
            try (Connection connection = connect(secondUrl);
                    var rows = connection.createStatement().executeQuery("select word from kept")) {
                assertTrue(rows.next());
                assertEquals("acknowledged", rows.getString(1));
            }
        } finally {
            second.destroy();
            assertTrue(second.waitFor(30, TimeUnit.SECONDS));
        }
        assertTrue(Files.notExists(folder.resolve("cluster/postmaster.pid")), "a clean stop stops the server too");
    }

    @Test
    void a_second_application_on_the_same_folder_is_refused_with_a_sentence_that_helps() throws Exception {
        Process first = startApplication();
        try {
            assertNotNull(address(first));
            UncheckedIOException refused = assertThrows(
                    UncheckedIOException.class, () -> new EmbeddedPostgres(folder, false, reason -> {}).start());
            assertTrue(
                    refused.getCause().getMessage().contains("replyloop.data-dir"),
                    refused.getCause().getMessage());
        } finally {
            first.destroy();
            assertTrue(first.waitFor(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_stale_process_file_that_names_another_program_does_not_stop_that_program() throws Exception {
        Process first = startApplication();
        assertNotNull(address(first));
        first.destroy();
        assertTrue(first.waitFor(30, TimeUnit.SECONDS));
        Process bystander = new ProcessBuilder("cat").start();
        Files.write(folder.resolve("cluster/postmaster.pid"), List.of(Long.toString(bystander.pid()), "x", "0", "1"));

        Process second = startApplication();
        try {
            assertNotNull(address(second));
            assertTrue(bystander.isAlive());
        } finally {
            bystander.destroy();
            second.destroy();
            assertTrue(second.waitFor(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_killed_server_is_started_again_at_the_same_address_with_all_that_was_committed() throws Exception {
        Process application = startApplication();
        try {
            String url = address(application);
            try (Connection connection = connect(url)) {
                connection.createStatement().execute("create table kept (word text)");
                connection.createStatement().execute("insert into kept values ('acknowledged')");
            }
            long killed = serverProcess();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().ignoreExceptions().untilAsserted(() -> {
                try (Connection connection = connect(url);
                        var rows = connection.createStatement().executeQuery("select word from kept")) {
                    assertTrue(rows.next());
                }
            });
            assertNotEquals(killed, serverProcess());
            assertTrue(application.isAlive());
        } finally {
            stop(application);
        }
        assertTrue(Files.notExists(folder.resolve("cluster/postmaster.pid")), "a clean stop stops the new server too");
    }

    @Test
    void after_a_power_cut_any_process_file_is_taken_for_what_it_is_and_no_other_server_is_stopped() throws Exception {
        Path pidFile = folder.resolve("cluster/postmaster.pid");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Process neighbour = startApplication(elsewhere);
        try {
            String neighbours = address(neighbour);
            byte[] foreign = Files.readAllBytes(elsewhere.resolve("cluster/postmaster.pid"));
            stop(startedApplication());
            for (byte[] content :
                    List.of(new byte[0], "7\n/cut".getBytes(), new byte[] {(byte) 0xff, 0, 10}, foreign)) {
                Files.write(pidFile, content);
                stop(startedApplication());
            }

            Process killed = startedApplication();
            long orphan = serverProcess();
            killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            Files.write(pidFile, foreign);
            stop(startedApplication());
            assertTrue(ProcessHandle.of(orphan)
                    .flatMap(process -> process.info().command())
                    .isEmpty());

            try (Connection connection = DriverManager.getConnection(
                    neighbours, EmbeddedPostgres.USER, EmbeddedPostgres.password(elsewhere))) {
                assertTrue(connection.isValid(5));
            }
            // As it is done where no list of processes tells in which folder each works.
            assertEquals(1, asked(elsewhere.resolve("cluster"), elsewhere).size());
            Files.write(pidFile, foreign);
            assertEquals(List.of(), asked(folder.resolve("cluster"), elsewhere));
            assertEquals(List.of(), asked(folder.resolve("cluster"), folder));
        } finally {
            stop(neighbour);
        }
    }

    private static List<ProcessHandle> asked(Path cluster, Path passwordFolder) throws Exception {
        Properties account = new Properties();
        account.setProperty("user", EmbeddedPostgres.USER);
        account.setProperty("password", EmbeddedPostgres.password(passwordFolder));
        return new ClusterProcesses(cluster).byAsking(account);
    }

    @Test
    void a_folder_of_another_version_ends_the_application_and_refuses_a_start_with_what_to_do() throws Exception {
        Process application = startApplication();
        var lines = new BufferedReader(new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
        assertTrue(lines.readLine().startsWith("jdbc:"));
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "14\n");
        ProcessHandle.of(serverProcess()).orElseThrow().destroyForcibly();

        assertTrue(lines.lines().anyMatch(line -> line.contains("pg_dump")));
        assertTrue(application.waitFor(30, TimeUnit.SECONDS));
        assertEquals(LOST, application.exitValue());

        UncheckedIOException refused = assertThrows(
                UncheckedIOException.class, () -> new EmbeddedPostgres(folder, false, reason -> {}).start());
        assertTrue(refused.getMessage().contains("pg_dump"), refused.getMessage());
    }

    @Test
    void what_the_operating_system_refuses_is_told_with_what_to_do() {
        assertTrue(ServerLog.explanation(new AccessDeniedException("/data/lock"), folder)
                .contains("chown"));
        assertTrue(ServerLog.explanation(new FileSystemException("/data/x", null, "No space left on device"), folder)
                .contains("Free some space"));
    }

    private Process startedApplication() throws Exception {
        Process application = startApplication();
        assertNotNull(address(application), "the application did not start");
        return application;
    }

    private static void stop(Process application) throws InterruptedException {
        application.destroy();
        assertTrue(application.waitFor(30, TimeUnit.SECONDS));
    }

    private Process startApplication() throws Exception {
        return startApplication(folder);
    }

    private static Process startApplication(Path folder) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Application.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String address(Process application) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("jdbc:")) {
                return line;
            }
        }
        return null;
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, EmbeddedPostgres.USER, EmbeddedPostgres.password(folder));
    }

    private long serverProcess() throws Exception {
        return Long.parseLong(Files.readAllLines(folder.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip());
    }

    /** An application that only holds the database; it ends by being killed or stopped. */
    static final class Application {
        public static void main(String... arguments) throws Exception {
            System.out.println(new EmbeddedPostgres(Path.of(arguments[0]), false, Application::lost).start());
            System.in.read();
        }

        private static void lost(String reason) {
            System.out.println(reason);
            System.exit(LOST);
        }
    }
}
