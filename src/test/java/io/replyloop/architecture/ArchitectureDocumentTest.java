package io.replyloop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say of the sources is true: the files that they name, and who observes what. */
class ArchitectureDocumentTest {
    private static final Path SOURCES = Path.of("src/main/java/io/replyloop");
    private static final List<Path> ROOTS = List.of(SOURCES, Path.of("src/test/java/io/replyloop"), Path.of("."));
    private static final Pattern FILE =
            Pattern.compile("`([\\w./-]+/[\\w.-]+\\.(?:java|ts|tsx|md|sql|properties|sh|css|torchscript))`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern OBSERVED = Pattern.compile(
            "@Observes\\s*(\\(during = TransactionPhase\\.AFTER_SUCCESS\\))?\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(\\w+) \\w+");
    private static final Pattern ANNOUNCED = Pattern.compile("(?<![\\w.])Event<(\\w+)>");

    /** Who announces an event, and who observes it. */
    private record Seen(Set<String> announced, Set<String> afterCommit, Set<String> inside) {
        Seen() {
            this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "src/docs/architecture.md"})
    void a_document_names_files_that_there_are(Path document) throws IOException {
        Matcher named = FILE.matcher(Files.readString(document));
        Set<String> missing = new TreeSet<>();
        while (named.find()) {
            String name = named.group(1);
            if (ROOTS.stream().noneMatch(root -> Files.exists(root.resolve(name)))) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_link_of_a_document_leads_to_a_file() throws IOException {
        Set<String> broken = new TreeSet<>();
        try (Stream<Path> documents = Stream.concat(
                Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                        .map(Path::of),
                Files.walk(Path.of("src/docs")).filter(file -> file.toString().endsWith(".md")))) {
            for (Path document : documents.toList()) {
                Matcher links = LINK.matcher(Files.readString(document));
                while (links.find()) {
                    if (!Files.exists(document.resolveSibling(links.group(1)))) {
                        broken.add(document + " -> " + links.group(1));
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void the_table_of_events_says_who_announces_and_who_observes() throws IOException {
        Map<String, Seen> events = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                String source = Files.readString(file);
                ANNOUNCED
                        .matcher(source)
                        .results()
                        .forEach(found -> events.computeIfAbsent(found.group(1), event -> new Seen())
                                .announced
                                .add(name));
                OBSERVED.matcher(source).results().forEach(found -> {
                    Seen seen = events.computeIfAbsent(found.group(2), event -> new Seen());
                    (found.group(1) == null ? seen.inside : seen.afterCommit).add(name);
                });
            }
        }
        // Quarkus's own events have nobody here who announces them.
        events.values().removeIf(seen -> seen.announced.isEmpty());

        assertThat(documentedEvents()).isEqualTo(events);
    }

    private static Map<String, Seen> documentedEvents() throws IOException {
        Map<String, Seen> events = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/docs/architecture.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && cells[1].strip().matches("`[A-Z]\\w+`")) {
                events.put(
                        cells[1].strip().replace("`", ""), new Seen(names(cells[2]), names(cells[3]), names(cells[4])));
            }
        }
        return events;
    }

    private static Set<String> names(String cell) {
        return Stream.of(cell.replace("`", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
