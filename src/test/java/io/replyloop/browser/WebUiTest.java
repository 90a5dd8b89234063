package io.replyloop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pages have tests of their own, in TypeScript; one command passes all there are. Who starts those apart leaves them
 * out here with {@code -DexcludedGroups=pages}.
 */
@Tag("pages")
class WebUiTest {
    private static final Path FOLDER = Path.of("web-ui");
    private static final int MINUTES = 8;

    @Test
    void lint_types_and_unit_tests_of_the_pages_pass() throws Exception {
        if (!Files.exists(FOLDER.resolve("node_modules"))) {
            npm("ci");
        }
        npm("test");
    }

    private static void npm(String command) throws IOException, InterruptedException {
        Path log = Path.of("target", "web-ui-" + command + ".log").toAbsolutePath();
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Process process = new ProcessBuilder(List.of(windows ? "npm.cmd" : "npm", command))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("%s", "npm " + command + " takes too long")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> said = Files.readAllLines(log);
        List<String> end = said.subList(Math.max(0, said.size() - 60), said.size());
        assertThat(process.exitValue())
                .as(() -> "npm " + command + " failed:\n" + String.join("\n", end))
                .isEqualTo(0);
    }
}
