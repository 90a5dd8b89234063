package io.replyloop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.database.EmbeddedDatabaseConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopWhileStartingTest {
    @TempDir
    Path folder;

    @Test
    void a_start_that_is_stopped_says_so_in_one_line_and_leaves_nothing_running() throws Exception {
        Process start = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        Start.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var said = start.inputReader(StandardCharsets.UTF_8)) {
            said.lines().filter("connected"::equals).findFirst().orElseThrow();
            ProcessHandle[] children = start.children().toArray(ProcessHandle[]::new);
            assertThat(children).isNotEmpty();
            // Not of the process, which would close its output here.
            start.toHandle().destroy();
            assertThat(said.lines()).containsExactly("Stopped before it was up. The next start goes on from here.");
            assertThat(start.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(start.exitValue()).isEqualTo(143);
            for (ProcessHandle child : children) {
                child.onExit().get(20, TimeUnit.SECONDS);
            }
            assertThat(Arrays.asList(children)).noneMatch(ProcessHandle::isAlive);
        } finally {
            start.destroyForcibly();
        }
    }

    /** A start that has come as far as a connection to its database, and complains at length when that breaks. */
    static final class Start {
        public static void main(String... arguments) throws Exception {
            StopWhileStarting.prepare();
            var settings = new SmallRyeConfigBuilder()
                    .withDefaultValue("replyloop.database.embedded", "true")
                    .withDefaultValue("replyloop.database.fsync", "false")
                    .withDefaultValue("replyloop.data-dir", arguments[0])
                    .withSources(new EmbeddedDatabaseConfigSource())
                    .build();
            try (var connection = DriverManager.getConnection(
                    settings.getConfigValue("quarkus.datasource.jdbc.url").getValue(),
                    settings.getConfigValue("quarkus.datasource.username").getValue(),
                    settings.getConfigValue("quarkus.datasource.password").getValue())) {
                System.out.println("connected");
                while (connection.isValid(1)) {
                    Thread.onSpinWait();
                }
            }
            Logger.getLogger(Start.class).error("The database is gone", new Exception());
        }
    }
}
