package io.replyloop.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads the proof of an erasure is told in words what went. */
class ErasedKindsTest {
    private static final Pattern REPORTED = Pattern.compile("\\bremoved\\(\\s*\"([a-z-]+)\"");

    private static final Path MESSAGES = Path.of("web-ui/src/messages");

    /** Each a sentence of its own rather than a number of things: what is known of imports. */
    private static final Set<String> SENTENCES =
            Set.of("imports-searched", "imports-not-searched", "imports-under-way");

    @Test
    void the_privacy_page_has_a_word_for_each_kind_in_each_language() throws IOException {
        Set<String> reported = reported();
        assertThat(reported).contains("attachments", "shadow-suggestions", "messages");
        reported.removeAll(SENTENCES);
        for (Path language : List.of(MESSAGES.resolve("en"), MESSAGES.resolve("zh"))) {
            Set<String> words = new TreeSet<>();
            tree(language.resolve("admin/privacy.json"))
                    .path("kinds")
                    .fieldNames()
                    .forEachRemaining(words::add);
            tree(language.resolve("admin/privacy-erased-import-kinds.json"))
                    .fieldNames()
                    .forEachRemaining(words::add);
            assertThat(words).as(language.toString()).containsAll(reported);
        }
    }

    @Test
    void what_is_no_kind_is_told_by_the_page_otherwise() throws IOException {
        assertThat(Files.readString(Path.of("web-ui/src/admin/privacy/privacy.tsx")))
                .contains(SENTENCES.stream().map(kind -> "'" + kind + "'").toList());
    }

    private static JsonNode tree(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static Set<String> reported() throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    (Iterable<Path>) sources.filter(each -> each.toString().endsWith(".java"))::iterator) {
                Matcher matcher = REPORTED.matcher(Files.readString(source));
                while (matcher.find()) {
                    kinds.add(matcher.group(1));
                }
            }
        }
        return kinds;
    }
}
