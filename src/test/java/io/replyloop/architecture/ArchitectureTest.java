package io.replyloop.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String BASE = "io.replyloop";
    private static final Path SOURCES = Path.of("src/main/java/io/replyloop");

    private static final Set<String> FOR_EVERYBODY = Set.of(
            "CustomerEndpoint.open",
            "CustomerTokenResource.issue",
            "SessionResource.signIn",
            "SetupResource.check",
            "SetupResource.make",
            "WidgetResource.widget");

    @TempDir
    static Path compiledBadExample;

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void the_table_names_exactly_the_rooms_that_there_are() throws IOException {
        assertEquals(packages(), new TreeSet<>(Rooms.MAY_CALL.keySet()));
    }

    @Test
    void the_table_only_names_rooms_that_there_are() {
        Set<String> called =
                Rooms.MAY_CALL.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertTrue(Rooms.MAY_CALL.keySet().containsAll(called), called.toString());
    }

    @Test
    void every_room_has_a_sign_on_its_door() throws IOException {
        for (String room : packages()) {
            assertTrue(Files.exists(SOURCES.resolve(room).resolve("package-info.java")), room);
        }
    }

    @Test
    void the_architecture_document_says_the_same_as_the_table() throws IOException {
        Map<String, Set<String>> document = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/docs/architecture.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[1].strip().startsWith("`")) {
                Set<String> mayCall = Arrays.stream(cells[3].split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet());
                document.put(cells[1].strip().replace("`", ""), mayCall);
            }
        }
        assertEquals(new TreeMap<>(Rooms.MAY_CALL), document);
    }

    static Stream<String> rooms() {
        return Rooms.MAY_CALL.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_calls_only_the_rooms_that_it_may(String room) {
        ArchitectureRules.roomsCallOnlyWhatTheyMay(BASE, room, Rooms.MAY_CALL).check(HOUSE);
    }

    static Stream<ArchRule> houseRules() {
        return houseRules(BASE);
    }

    private static Stream<ArchRule> houseRules(String base) {
        return Stream.of(
                ArchitectureRules.noCycles(base),
                ArchitectureRules.nativeEngineOnlyInBert(base),
                ArchitectureRules.bertKnowsNoFramework(base),
                ArchitectureRules.endpointsShowNoEntities(base),
                ArchitectureRules.recordsHoldNoEntities(base),
                ArchitectureRules.endpointsOpenNoTransactions(base),
                ArchitectureRules.endpointsSayWhoMayCall(base, FOR_EVERYBODY),
                ArchitectureRules.connectionsAreOpenedInDatabase(base));
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void the_house_keeps_its_rules(ArchRule rule) {
        rule.check(HOUSE);
    }

    static Stream<ArchRule> rulesOnTheBadExample() {
        return Stream.concat(
                houseRules("bad"),
                Stream.of(ArchitectureRules.roomsCallOnlyWhatTheyMay("bad", "bert", Map.of("bert", Set.of()))));
    }

    @ParameterizedTest
    @MethodSource("rulesOnTheBadExample")
    void every_rule_fails_on_a_deliberately_bad_example(ArchRule rule) {
        JavaClasses bad = new ClassFileImporter().importPath(compiledBadExample);
        assertThrows(AssertionError.class, () -> rule.check(bad), rule.getDescription());
    }

    /** Compiled here and not with the tests, because Quarkus would take its endpoint and its entity for real ones. */
    @BeforeAll
    static void compileBadExample() throws IOException {
        List<String> command = new ArrayList<>(List.of("-d", compiledBadExample.toString(), "-proc:none", "-cp"));
        command.add(System.getProperty("java.class.path"));
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/architecture/bad"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(command::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
        assertEquals(0, result, "the bad example does not compile");
    }

    private static Set<String> packages() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
