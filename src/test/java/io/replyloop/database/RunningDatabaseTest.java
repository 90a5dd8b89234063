package io.replyloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningDatabaseTest {
    @TempDir
    Path data;

    @Test
    void the_embedded_database_of_a_running_server_is_found_in_its_folder() throws IOException {
        Path folder = data.resolve("postgres");
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(folder.resolve("password"), "secret\n");
        Files.writeString(folder.resolve("cluster/postmaster.pid"), "4711\n/data\n1764460800\n54321\n\nlocalhost\n");

        UnpooledConnections.Access access = RunningDatabase.find(Map.of(), data);

        assertThat(access)
                .isEqualTo(new UnpooledConnections.Access(
                        "jdbc:postgresql://127.0.0.1:54321/replyloop", "replyloop", "secret"));
    }

    @Test
    void a_configured_database_comes_first() {
        Map<String, String> environment =
                Map.of(RunningDatabase.URL, "jdbc:postgresql://db/chat", "QUARKUS_DATASOURCE_USERNAME", "chat");
        assertThat(RunningDatabase.find(environment, data))
                .isEqualTo(new UnpooledConnections.Access("jdbc:postgresql://db/chat", "chat", null));
    }

    @Test
    void where_no_server_runs_it_says_what_to_do() {
        assertThatThrownBy(() -> RunningDatabase.find(Map.of(), data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--data-dir");
    }
}
