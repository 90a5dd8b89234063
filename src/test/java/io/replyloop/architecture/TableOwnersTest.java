package io.replyloop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.architecture.TableUses.Use;
import io.replyloop.architecture.Tables.CrossRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableOwnersTest {
    private static final Path SOURCES = Path.of("src/main/java/io/replyloop");
    private static final Pattern CREATE = Pattern.compile("^create table (\\w+)", Pattern.MULTILINE);
    private static final Pattern COLUMN = Pattern.compile("^ +(\\w+) +\\w", Pattern.MULTILINE);

    private static Set<Use> uses;

    @BeforeAll
    static void readSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(SOURCES.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        Set<String> unmistakable = without(ownerOf(Tables.OWNED).keySet(), named(COLUMN));
        unmistakable.removeIf(table -> !table.contains("_"));
        uses = TableUses.in(sources, ownerOf(Tables.OWNED).keySet(), unmistakable);
    }

    @Test
    void every_table_has_one_owner() throws IOException {
        Set<String> created = named(CREATE);
        assertThat(new TreeSet<>(ownerOf(Tables.OWNED).keySet())).isEqualTo(created);
        assertThat(Tables.OWNED.values().stream().mapToInt(Set::size).sum()).isEqualTo(created.size());
    }

    @Test
    void owners_are_packages() {
        assertThat(without(Tables.OWNED.keySet(), Packages.MAY_CALL.keySet())).isEqualTo(Set.of());
    }

    /** Otherwise this test would be content with sources in which it finds nothing. */
    @Test
    void every_table_is_used_by_its_owner() {
        Set<String> used = uses.stream()
                .filter(use -> use.packageName().equals(ownerOf(Tables.OWNED).get(use.table())))
                .map(Use::table)
                .collect(Collectors.toSet());
        assertThat(without(ownerOf(Tables.OWNED).keySet(), used)).isEqualTo(Set.of());
    }

    @Test
    void nobody_uses_the_tables_of_others() {
        assertThat(foreign(uses, Tables.OWNED, Tables.CROSS_READS, Tables.NAMED_BY_OWNERS))
                .isEqualTo(List.of());
    }

    @Test
    void every_exception_is_used() {
        assertThat(unused(uses, Tables.CROSS_READS, Tables.NAMED_BY_OWNERS)).isEqualTo(List.of());
    }

    @Test
    void the_architecture_document_says_the_same_as_the_tables() throws IOException {
        Map<String, Set<String>> owned = new TreeMap<>();
        Map<String, Set<String>> crossReads = new TreeMap<>();
        String document = Files.readString(Path.of("src/docs/architecture.md"));
        String section = document.substring(document.indexOf("\n## Who owns which table\n") + 1);
        section = section.substring(0, section.indexOf("\n## "));
        for (String line : section.lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 4 && cells[2].contains("`")) {
                owned.put(cells[1].strip(), names(cells[2]));
            } else if (cells.length == 5 && cells[2].contains("`")) {
                crossReads.put(cells[1].strip() + ": " + cells[3].strip(), names(cells[2]));
            }
        }
        assertThat(owned).isEqualTo(new TreeMap<>(Tables.OWNED));
        assertThat(crossReads)
                .isEqualTo(Tables.CROSS_READS.stream()
                        .collect(Collectors.toMap(
                                read -> read.reader() + ": " + read.why(),
                                CrossRead::tables,
                                (a, b) -> a,
                                TreeMap::new)));
    }

    static Stream<Arguments> badExamples() {
        return Stream.of(
                Arguments.of("a select", "String sql = \"select name from customer where id = ?\";"),
                Arguments.of(
                        "a join in a text block",
                        "String sql = \"\"\"\n select 1 from purchase p\n join customer c\n"
                                + " on c.id = p.id\"\"\";"),
                Arguments.of("a list of tables", "String sql = \"select 1 from purchase p, customer c\";"),
                Arguments.of("a name after a concatenation", "String sql = \"delete from \" + \"customer\";"),
                Arguments.of(
                        "a part of a concatenation", "String sql = WITH + \" from purchase join customer \" + END;"),
                Arguments.of("what a choice appends", "String sql = \"select 1\" + (all ? \" from customer\" : \"\");"),
                Arguments.of("an update", "String sql = \"update customer set name = 'x'\";"),
                Arguments.of("JPQL", "String sql = \"select c from Buyer c\";"),
                Arguments.of("a name in a variable", "String t = \"customer\"; String sql = \"select 1 from \" + t;"),
                Arguments.of(
                        "a name that can be no other word", "void forget() { Other.delete(\"blocked_customer\"); }"),
                Arguments.of("a name from elsewhere", "String sql = \"select 1 from \" + Other.TABLE;"),
                Arguments.of("a formatted name", "String sql = \"delete from %s\".formatted(Other.TABLE);"),
                Arguments.of("a name that is handed over", "Shop() { super(\"customer\", \"name\"); }"),
                Arguments.of(
                        "an entity", "@jakarta.persistence.Entity @Table(name = \"customer\") static class Client {}"),
                Arguments.of("a table of links", "@JoinTable(name = \"customer\") java.util.List<Object> clients;"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badExamples")
    void a_use_of_a_foreign_table_is_found(String what, String member) throws IOException {
        assertThat(foreign(example(member), OWNED_BY_EXAMPLES, List.of(), Set.of())
                        .isEmpty())
                .isFalse();
    }

    @Test
    void an_exception_lets_read_and_not_write() throws IOException {
        List<CrossRead> mayRead = List.of(new CrossRead("shop", Set.of("customer"), "for the test"));

        assertThat(foreign(example("String sql = \"select 1 from customer\";"), OWNED_BY_EXAMPLES, mayRead, Set.of()))
                .isEqualTo(List.of());
        assertThat(foreign(
                        example("String sql = \"insert into customer values (1)\";"),
                        OWNED_BY_EXAMPLES,
                        mayRead,
                        Set.of()))
                .isEqualTo(List.of("shop.Shop writes customer of people"));
    }

    @Test
    void an_exception_that_nobody_needs_is_found() throws IOException {
        Set<Use> own = example("String sql = \"select 1 from purchase\";");

        assertThat(unused(
                        own,
                        List.of(new CrossRead("shop", Set.of("customer"), "for the test")),
                        Set.of("shop.Generic")))
                .isEqualTo(List.of("shop reads customer", "shop.Generic"));
        assertThat(foreign(own, OWNED_BY_EXAMPLES, List.of(), Set.of())).isEqualTo(List.of());
    }

    private static final Map<String, Set<String>> OWNED_BY_EXAMPLES =
            Map.of("shop", Set.of("purchase"), "people", Set.of("customer", "blocked_customer"));

    private static Set<Use> example(String member) throws IOException {
        return TableUses.in(
                Map.of(
                        "shop/Shop.java",
                        "package shop; class Shop { " + member + " }",
                        "people/Buyer.java",
                        "package people; @Entity @Table(name = \"customer\") class Buyer {}"),
                ownerOf(OWNED_BY_EXAMPLES).keySet(),
                Set.of("blocked_customer"));
    }

    private static List<String> foreign(
            Set<Use> uses, Map<String, Set<String>> owned, List<CrossRead> crossReads, Set<String> namedByOwners) {
        Map<String, String> ownerOf = ownerOf(owned);
        return uses.stream()
                .filter(use -> use.table().equals(TableUses.BY_VARIABLE)
                        ? !namedByOwners.contains(use.file())
                        : !use.packageName().equals(ownerOf.get(use.table())))
                .filter(use -> use.writes() || crossReads.stream().noneMatch(read -> isBy(read, use)))
                .map(use -> use.table().equals(TableUses.BY_VARIABLE)
                        ? use.file() + " does not say which table it uses"
                        : use.file() + (use.writes() ? " writes " : " reads ") + use.table() + " of "
                                + ownerOf.get(use.table()))
                .sorted()
                .toList();
    }

    private static List<String> unused(Set<Use> uses, List<CrossRead> crossReads, Set<String> namedByOwners) {
        Stream<String> reads = crossReads.stream()
                .flatMap(read -> read.tables().stream()
                        .filter(table -> uses.stream()
                                .noneMatch(use -> isBy(read, use) && use.table().equals(table)))
                        .map(table -> read.reader() + " reads " + table));
        Stream<String> files = namedByOwners.stream()
                .filter(file -> uses.stream()
                        .noneMatch(use -> use.file().equals(file) && use.table().equals(TableUses.BY_VARIABLE)));
        return Stream.concat(reads, files).sorted().toList();
    }

    private static boolean isBy(CrossRead read, Use use) {
        return read.reader().equals(use.packageName()) && read.tables().contains(use.table());
    }

    private static Set<String> named(Pattern pattern) throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("db-migrations"))) {
            for (Path file : files.toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group(1)));
            }
        }
        return named;
    }

    private static Map<String, String> ownerOf(Map<String, Set<String>> owned) {
        Map<String, String> owners = new TreeMap<>();
        owned.forEach((owner, tables) -> tables.forEach(table -> owners.put(table, owner)));
        return owners;
    }

    private static Set<String> names(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
