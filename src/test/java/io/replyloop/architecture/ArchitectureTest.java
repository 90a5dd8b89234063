package io.replyloop.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.replyloop\\.([a-z.]+)\\.[A-Z]", Pattern.MULTILINE);

    private static final Set<String> FOR_EVERYBODY = Set.of(
            "DemoResource.check",
            "DemoResource.ask",
            "DemoResource.come",
            "DemoResource.tour",
            "ForgottenPasswordResource.ask",
            "ForgottenPasswordResource.offer",
            "LogoResource.picture",
            "CustomerEndpoint.open",
            "CustomerTokenResource.issue",
            "FrequentAnswerResource.judge",
            "SessionResource.signIn",
            "AccountLinkResource.changePassword",
            "AccountLinkResource.check",
            "AccountLinkResource.join",
            "SecondFactorResource.beginAtSignIn",
            "BackChannelResource.signedOut",
            "SetupResource.check",
            "SetupResource.make",
            "SingleSignOnResource.enter",
            "SingleSignOnResource.refused",
            "SingleSignOnResource.start",
            "SingleSignOnResource.ways",
            "WidgetResource.widget");

    /** Their calls are several transactions, or one with something slow before or after it. */
    private static final Set<String> TRANSACTIONS_BY_HAND = Set.of(
            "ChampionWatch",
            "ExampleImport",
            "MaskingOfStoredTexts",
            "ModelRegistry",
            "OwnPassword",
            "SigningKeys",
            "Warmup");

    @TempDir
    static Path compiledBadExample;

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void the_table_names_exactly_the_packages_that_there_are() throws IOException {
        assertThat(new TreeSet<>(Packages.MAY_CALL.keySet())).isEqualTo(packages());
    }

    @Test
    void the_table_only_names_packages_that_there_are() {
        Set<String> called =
                Packages.MAY_CALL.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(Packages.MAY_CALL.keySet().containsAll(called))
                .as("%s", called.toString())
                .isTrue();
    }

    @Test
    void every_package_says_what_happens_in_it() throws IOException {
        for (String name : packages()) {
            assertThat(Files.exists(folderOf(name).resolve("package-info.java")))
                    .as("%s", name)
                    .isTrue();
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
        assertThat(document).isEqualTo(new TreeMap<>(Packages.MAY_CALL));
    }

    static Stream<String> packagesOfTheTable() {
        return Packages.MAY_CALL.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packagesOfTheTable")
    void a_package_calls_only_those_that_it_may(String name) {
        ArchitectureRules.callsOnlyWhatItMay(BASE, name, Packages.MAY_CALL).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("packagesOfTheTable")
    void a_package_imports_only_those_that_it_may(String name) throws IOException {
        Set<String> others = imported(name);
        others.removeAll(Packages.MAY_CALL.get(name));
        others.remove(name);
        others.remove(Packages.PLATFORM);
        assertThat(others).isEqualTo(Set.of());
    }

    @ParameterizedTest
    @MethodSource("packagesOfTheTable")
    void a_package_calls_all_that_it_may(String name) throws IOException {
        Set<String> unused = new TreeSet<>(Packages.MAY_CALL.get(name));
        unused.removeAll(imported(name));
        unused.removeAll(called(name));
        assertThat(unused).isEqualTo(Set.of());
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
                ArchitectureRules.transactionsBeginInServices(base),
                ArchitectureRules.transactionsByHandAreNamed(base, TRANSACTIONS_BY_HAND),
                ArchitectureRules.transactionsWaitForNoNetwork(base),
                ArchitectureRules.endpointsSayWhoMayCall(base, FOR_EVERYBODY),
                ArchitectureRules.connectionsAreOpenedInDatabase(base));
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void the_house_keeps_its_rules(ArchRule rule) {
        rule.check(HOUSE);
    }

    @Test
    void those_that_begin_transactions_by_hand_are_all_needed() {
        Set<String> beginning = HOUSE.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> ArchitectureRules.BEGIN_TRANSACTIONS.test(dependency.getTargetClass())))
                .map(type -> ArchitectureRules.outermost(type).getSimpleName())
                .collect(Collectors.toSet());
        assertThat(beginning).isEqualTo(TRANSACTIONS_BY_HAND);
    }

    static Stream<ArchRule> rulesOnTheBadExample() {
        return Stream.concat(
                houseRules("bad"),
                Stream.of(ArchitectureRules.callsOnlyWhatItMay("bad", "bert", Map.of("bert", Set.of()))));
    }

    @ParameterizedTest
    @MethodSource("rulesOnTheBadExample")
    void every_rule_fails_on_a_deliberately_bad_example(ArchRule rule) {
        JavaClasses bad = new ClassFileImporter().importPath(compiledBadExample);
        assertThatThrownBy(() -> rule.check(bad))
                .as("%s", rule.getDescription())
                .isInstanceOf(AssertionError.class);
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
        assertThat(result).as("the bad example does not compile").isEqualTo(0);
    }

    private static Set<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Path folderOf(String name) {
        return SOURCES.resolve(name.replace('.', '/'));
    }

    /** Which packages the source of a package names; the compiler leaves no trace of a constant that it copies. */
    private static Set<String> imported(String name) throws IOException {
        Set<String> imported = new TreeSet<>();
        try (Stream<Path> files = Files.list(folderOf(name))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher imports = IMPORT.matcher(Files.readString(file));
                while (imports.find()) {
                    imported.add(imports.group(1));
                }
            }
        }
        return imported;
    }

    private static Set<String> called(String name) {
        return HOUSE.stream()
                .filter(type -> type.getPackageName().equals(BASE + "." + name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> ArchitectureRules.packageOf(
                        BASE, dependency.getTargetClass().getBaseComponentType()))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
