package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of limits and versions is what the program has. */
class DocumentsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern IN_THE_DEMO = Pattern.compile("\\(demo: `([^`]+)`(?:, `([^`]+)`)?[^)]*\\)");
    private static final Pattern TIME = Pattern.compile("([0-9.]+) (s|min|h)");

    @Test
    void the_readme_names_the_settings_defaults() throws Exception {
        Map<String, String> defaults = defaults();
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        int compared = 0;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            String[] cells = line.split("\\|", -1);
            List<String> names = cells.length == 5 ? names(cells[1]) : List.of();
            if (names.isEmpty()) {
                continue;
            }
            for (MatchResult demo : IN_THE_DEMO.matcher(cells[2]).results().toList()) {
                // What stands before it says which of the settings it belongs to.
                int before =
                        codes(withoutNotes(cells[2].substring(0, demo.start()))).size();
                int last = before - 1;
                int first = demo.group(2) == null ? last : last - 1;
                assertThat(properties.getProperty("%demo." + names.get(first))).isEqualTo(demo.group(1));
                if (demo.group(2) != null) {
                    assertThat(properties.getProperty("%demo." + names.get(last)))
                            .isEqualTo(demo.group(2));
                }
            }
            List<String> values = codes(withoutNotes(cells[2]));
            if (values.size() == names.size()) {
                for (int index = 0; index < names.size(); index++) {
                    String name = names.get(index);
                    String otherwise = defaults.getOrDefault(name, properties.getProperty(name));
                    if (otherwise != null) {
                        assertThat(plain(values.get(index))).as(name).isEqualTo(plain(otherwise));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).as("settings that were compared").isGreaterThan(15);
    }

    @Test
    void what_to_build_with_is_what_the_build_knows() throws IOException {
        String security = Files.readString(Path.of("SECURITY.md"));
        Matcher version = Pattern.compile("<quarkus\\.platform\\.version>([0-9.]+)<")
                .matcher(Files.readString(Path.of("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(security)
                .contains(
                        "uses Quarkus " + version.group(1) + ",", "-Dquarkus.platform.version=3.33.3.3", "advisories");
        assertThat(Files.readString(Path.of("docker/Dockerfile"))).contains("ARG QUARKUS_VERSION");
    }

    @Test
    void ci_lists_what_is_delivered() throws IOException {
        String ci = Files.readString(Path.of(".ci/run"));
        for (String list : List.of("target/bom.json", "target/bom-web-ui.json")) {
            assertThat(Files.readString(Path.of("SECURITY.md"))).contains(list);
            assertThat(ci).contains(list);
        }
        assertThat(ci).contains("cyclonedx:makeBom", "npm sbom --sbom-format cyclonedx");
    }

    @Test
    void the_protocol_says_that_what_is_refused_for_a_moment_may_be_overtaken() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/docs/wire-protocol.md")))
                .anyMatch(line -> line.contains("**Order.**")
                        && line.contains("`rate-limited`")
                        && line.contains("`unavailable`")
                        && line.contains("overtook"));
    }

    /** Of each setting that has one, by its name. */
    private static Map<String, String> defaults() throws Exception {
        Map<String, String> defaults = new HashMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Config.java"))
                    .toList()) {
                String name = SOURCES.relativize(file).toString().replace('/', '.');
                Class<?> type = Class.forName(name.substring(0, name.length() - ".java".length()));
                ConfigMapping mapping = type.getAnnotation(ConfigMapping.class);
                if (mapping != null) {
                    add(mapping.prefix(), type, defaults);
                }
            }
        }
        return defaults;
    }

    private static void add(String prefix, Class<?> type, Map<String, String> defaults) {
        for (Method method : type.getDeclaredMethods()) {
            String name =
                    prefix + '.' + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            WithDefault otherwise = method.getAnnotation(WithDefault.class);
            if (otherwise != null) {
                defaults.put(name, otherwise.value());
            } else if (method.getReturnType().isInterface()
                    && method.getReturnType().getName().startsWith("io.replyloop.")) {
                add(name, method.getReturnType(), defaults);
            }
        }
    }

    /** `replyloop.a.b`, `.c`: the second is replyloop.a.c. None when one of them is not ours, or stands for many. */
    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        for (String written : codes(cell)) {
            String name = written;
            if (written.startsWith(".") && !names.isEmpty()) {
                String last = names.get(names.size() - 1);
                name = last.substring(0, last.lastIndexOf('.')) + written;
            }
            if (!name.startsWith("replyloop.") || name.endsWith("*") || name.contains("..")) {
                return List.of();
            }
            names.add(name);
        }
        return names;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static String withoutNotes(String cell) {
        return cell.replaceAll("\\([^)]*\\)", "");
    }

    /** Times are written for people in one place, and for Java in the other. */
    private static String plain(String value) {
        Matcher time = TIME.matcher(value);
        if (time.matches()) {
            int seconds = Map.of("s", 1, "min", 60, "h", 3_600).get(time.group(2));
            return Duration.ofMillis(Math.round(Double.parseDouble(time.group(1)) * seconds * 1e3))
                    .toString();
        }
        return value.startsWith("PT") ? Duration.parse(value).toString() : value;
    }
}
