package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonTest {
    /** Such a call changes the mapper of everybody, from the moment on in which its class is loaded. */
    private static final Pattern CONFIGURED = Pattern.compile(
            "Json\\.(?:MAPPER|PRETTY)\\s*\\.(?:enable|disable|configure|register\\w*|set\\w+|add\\w+|activate\\w+)\\(");

    @Test
    void nobody_configures_a_mapper_that_all_share() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(CONFIGURED));
        }
        assertThat(CONFIGURED.matcher("Json.MAPPER\n    .enable(X)").find()).isTrue();
    }
}
