package io.replyloop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How sources are written. Each rule is held by all of them, and is shown to fail on a bad example. */
class SourceRulesTest {
    private static final List<String> JAVA = List.of("src/main/java", "src/test/java");
    private static final List<String> TESTS = List.of("src/test/java");
    private static final List<String> ALL = List.of("src", "web-ui/src", "web-ui/tests");
    private static final Set<String> KINDS = Set.of("java", "ts", "tsx", "css", "torchscript");

    /** Written by a program. */
    private static final Set<Path> GENERATED =
            Set.of(Path.of("web-ui/src/shared/rest.ts"), Path.of("web-ui/src/shared/message-types.ts"));

    /** Somebody else is changing these; to go when that is done. */
    private static Map<String, String> sources(List<String> folders) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(SourceRulesTest::isSource).toList()) {
                    sources.put(file.toString().replace('\\', '/'), Files.readString(file));
                }
            }
        }
        assertThat(sources).as("sources in %s", folders).isNotEmpty();
        return sources;
    }

    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return KINDS.contains(name.substring(name.lastIndexOf('.') + 1))
                && !GENERATED.contains(file)
                && Files.isRegularFile(file);
    }

    private static Map<String, String> example(String source) {
        return Map.of("Example.java", source);
    }

    @Test
    void no_source_is_longer_than_one_can_read_at_a_time() throws IOException {
        assertThat(SourceRules.tooLong(sources(ALL))).isEmpty();
    }

    @Test
    void a_source_of_one_line_too_many_is_found() {
        assertThat(SourceRules.tooLong(Map.of("good.css", "a\n".repeat(400), "bad.css", "a\n".repeat(401))))
                .containsExactly("bad.css:401: 401 lines, more than 400; split it by subject");
    }

    @Test
    void every_test_is_named_as_a_sentence() throws IOException {
        assertThat(SourceRules.testsThatAreNoSentences(sources(TESTS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Test", "@ParameterizedTest", "@RepeatedTest(3)", "@TestFactory", "@a.b.Test"})
    void a_test_whose_name_is_no_sentence_is_found(String annotation) throws IOException {
        String source = "class Example {\n" + annotation + " void one() {}\nvoid notATest() {}\n\n" + annotation
                + " void storesTwice() {}\n" + annotation + " void it_stores_once() {}\n}";
        assertThat(SourceRules.testsThatAreNoSentences(example(source)))
                .containsExactly("Example.java:5: the test storesTwice is not named as a sentence_with_underscores");
    }

    @Test
    void every_assertion_is_one_of_assertj() throws IOException {
        assertThat(SourceRules.assertionsOfOtherLibraries(sources(TESTS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static org.junit.jupiter.api.Assertions.assertEquals",
                "static org.junit.jupiter.api.Assertions.*",
                "org.junit.jupiter.api.Assertions",
                "org.junit.Assert",
                "org.hamcrest.MatcherAssert",
                "static org.hamcrest.MatcherAssert.assertThat"
            })
    void an_assertion_of_another_library_is_found(String imported) throws IOException {
        String source = "package a;\nimport " + imported + ";\nimport static org.hamcrest.Matchers.equalTo;\n"
                + "import org.junit.jupiter.api.Test;\nimport org.assertj.core.api.Assertions;\nclass Example {}";
        assertThat(SourceRules.assertionsOfOtherLibraries(example(source)))
                .containsExactly("Example.java:2: " + imported.replace("static ", "") + ": assertions are AssertJ's");
    }

    @Test
    void every_class_is_imported() throws IOException {
        assertThat(SourceRules.qualifiedNames(sources(JAVA))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "java.util.List<String> names; | java.util.List | List",
                "Object names = new java.util.ArrayList<String>(); | java.util.ArrayList | ArrayList",
                "java.util.Map.Entry<String, String> entry; | java.util.Map | Map",
                "boolean is(Object one) { return one instanceof java.net.URI; } | java.net.URI | URI",
                "@jakarta.inject.Inject Object it; | jakarta.inject.Inject | Inject",
                "int most() throws java.io.IOException { return 1; } | java.io.IOException | IOException",
                "long now = io.replyloop.platform.Clock.now(); | io.replyloop.platform.Clock | Clock",
                "Object type = picocli.CommandLine.class; | picocli.CommandLine | CommandLine",
                "a.Example itself; | a.Example | Example",
                "java.lang.Record record; | java.lang.Record | Record",
            })
    void a_class_that_is_written_out_is_found(String member, String written, String simple) throws IOException {
        assertThat(SourceRules.qualifiedNames(example("package a;\n\nclass Example {\n    " + member + "\n}")))
                .containsExactly("Example.java:4: " + written + " is written out; import " + simple);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** {@link java.util.List} */ int documented; // java.util.List",
                "String text = \"java.util.List\";",
                "int most = this.limits.MOST + limits.MOST;",
                "String name = one.two.three.name() + Map.Entry.class;",
                "java.sql.Date imported;",
                "b.Declared declared;",
                "b.Neighbour neighbour;",
                "b.Record ofJavaLang;"
            })
    void a_class_is_written_out_where_another_has_its_name(String member) throws IOException {
        assertThat(SourceRules.qualifiedNames(Map.of(
                        "a/Example.java",
                        "package a;\nimport java.util.Date;\nclass Example {\nclass Declared {}\n" + member + "\n}",
                        "a/Neighbour.java",
                        "package a;\nclass Neighbour {}")))
                .isEmpty();
    }
}
