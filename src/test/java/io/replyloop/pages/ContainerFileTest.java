package io.replyloop.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the container file has to keep to; there is no container engine where the tests run. */
class ContainerFileTest {
    private static final Path FOLDER = Path.of("docker");
    /** A name and a version to the last digit, so that the same file makes the same image. */
    private static final String PINNED = "[a-z-]+:\\d+\\.\\d+[\\w.]*(_\\d+)?-[\\w.-]+";

    private List<String> instructions;
    private JsonNode compose;

    @BeforeEach
    void read() throws IOException {
        instructions = Files.readString(FOLDER.resolve("Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", " ")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        compose = new ObjectMapper(new YAMLFactory())
                .readTree(FOLDER.resolve("compose.yaml").toFile())
                .path("services");
    }

    @Test
    void what_is_packed_is_built_inside_and_for_the_image_s_own_machine() {
        assertThat(all("FROM")).hasSize(2).allSatisfy(from -> assertThat(from).contains("--platform=linux/amd64 "));
        assertThat(all("COPY"))
                .filteredOn(copy -> copy.contains("target"))
                .isNotEmpty()
                .allSatisfy(copy -> assertThat(copy).contains("--from=build"));
        assertThat(compose.at("/replyloop/platform").asText()).isEqualTo("linux/amd64");
    }

    @Test
    void images_are_pinned() {
        assertThat(all("FROM"))
                .allSatisfy(from -> assertThat(from.split(" ")[2]).matches(PINNED));
        assertThat(compose.at("/database/image").asText()).matches(PINNED);
    }

    @Test
    void the_build_gets_everything_that_it_copies_and_nothing_of_the_host_s_own() throws IOException {
        List<String> ignore = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(ignore.get(0)).isEqualTo("*");
        for (String copy : all("COPY")) {
            if (copy.contains("--from=")) {
                continue;
            }
            String[] words = copy.replaceAll("--\\S+ ", "").split(" ");
            for (int i = 1; i < words.length - 1; i++) {
                assertThat(Path.of(words[i])).exists();
                assertThat(ignore).contains("!" + words[i].split("/")[0]);
            }
        }
        assertThat(ignore).contains("web-ui/node_modules", "web-ui/dist").doesNotContain("!target", "!data");
    }

    @Test
    void it_does_not_run_as_root_and_says_how_it_is() {
        assertThat(all("USER")).containsExactly("USER replyloop");
        assertThat(all("HEALTHCHECK")).singleElement().asString().contains("/api/health/live");
        compose.forEach(service -> {
            assertThat(service.path("restart").asText()).isEqualTo("unless-stopped");
            assertThat(service.path("healthcheck").path("test")).isNotEmpty();
        });
        assertThat(compose.at("/replyloop/healthcheck/test").toString()).contains("/api/health/ready");
    }

    private List<String> all(String instruction) {
        return instructions.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .toList();
    }
}
