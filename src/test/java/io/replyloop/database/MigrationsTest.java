package io.replyloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever version an installation was made with, it starts with this one. The fixtures are dumps of what each earlier
 * set of migrations made, with some rows in it; src/docs/migrations.md says when one is added.
 */
@QuarkusTest
class MigrationsTest {
    private static final Path FIXTURES = Path.of("src/test/resources/migrations");

    /** Until here numbers were given by feature, and V20 and V31 came after higher ones; their order is history now. */
    private static final int NUMBERED_BY_ROOM = 50;

    private static final Pattern CONTRACTION = Pattern.compile(
            "\\bdrop\\s+(table|column|view|type|schema)\\b|\\brename\\b|\\bset\\s+not\\s+null\\b"
                    + "|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"
                    + "|\\badd\\s+(column\\s+)?(if\\s+not\\s+exists\\s+)?\\w+\\s+(?![^,;]*\\bdefault\\b)[^,;]*\\bnot\\s+null\\b");

    /** Until here indexes were built under a lock, before the first release. */
    private static final int BEFORE_THE_FIRST_RELEASE = 57;

    private static final Pattern CREATED_TABLE =
            Pattern.compile("\\bcreate\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)");
    private static final Pattern INDEX_UNDER_A_LOCK =
            Pattern.compile("\\bcreate\\s+(?:unique\\s+)?index\\s+(?!concurrently\\b)"
                    + "(?:if\\s+not\\s+exists\\s+)?\\w+\\s+on\\s+(?:only\\s+)?(\\w+)");
    private static final Pattern CONSTRAINT_UNDER_A_LOCK = Pattern.compile(
            "\\balter\\s+table\\s+(?:if\\s+exists\\s+)?(\\w+)[^;]*\\badd\\s+(?:constraint\\s+\\w+\\s+)?"
                    + "(?:check|foreign\\s+key|unique|primary\\s+key|exclude)\\b(?![^;]*\\bnot\\s+valid\\b|\\s+using\\s+index\\b)");
    private static final Pattern BESIDE_THE_CHAT = Pattern.compile("\\bindex\\s+concurrently\\b");
    private static final Pattern NOTHING_ELSE =
            Pattern.compile("(?:\\s*drop\\s+index\\s+concurrently\\s+if\\s+exists\\s+(\\w+)\\s*;"
                    + "\\s*create\\s+(?:unique\\s+)?index\\s+concurrently\\s+\\1\\s[^;]*;)+\\s*");

    private static final String SCHEMA = """
            select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || case when a.attnotnull then ' not null' else '' end || a.attidentity::text || a.attgenerated::text
                   || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
              from pg_attribute a join pg_class c on c.oid = a.attrelid
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'p') and a.attnum > 0
               and not a.attisdropped
            union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
              from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n'
            union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
            union all select 'routine ' || pg_get_functiondef(oid) from pg_proc
             where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
            union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
            order by 1""";

    @Inject
    Flyway flyway;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @TestFactory
    Stream<DynamicTest> an_installation_of_each_earlier_version_ends_in_the_schema_of_a_fresh_one() throws Exception {
        List<String> fresh = inNewDatabase(database -> {
            migrate(database);
            return rows(database, SCHEMA);
        });
        return fixtures().stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.getFileName().toString(), () -> {
                    inNewDatabase(database -> {
                        execute(database, Files.readString(fixture));
                        List<String> before = rows(database, "select text from conversation_event order by sequence");

                        migrate(database);

                        assertThat(rows(database, SCHEMA)).isEqualTo(fresh);
                        assertThat(rows(database, "select text from conversation_event order by sequence"))
                                .isEqualTo(before)
                                .hasSize(3);
                        return null;
                    });
                }));
    }

    @Test
    void the_version_before_can_write_into_this_schema() throws Exception {
        String inserts = String.join(
                "\n",
                Files.readAllLines(newestFixture()).stream()
                        .filter(line -> line.startsWith("INSERT INTO"))
                        .filter(line -> !line.contains("flyway_schema_history"))
                        // Rows that the migrations make, one to a table.
                        .filter(line ->
                                !line.contains("knowledge_revision (id") && !line.contains("training_schedule (id"))
                        .toList());
        inNewDatabase(database -> {
            migrate(database);
            // A dump is sorted by table, so that rows come before those they refer to.
            execute(database, "set session_replication_role = replica;\n" + inserts);
            assertThat(rows(database, "select text from conversation_event")).hasSize(3);
            return null;
        });
    }

    @Test
    void a_schedule_of_examples_becomes_one_of_as_many_decisions_as_made_them() throws Exception {
        inNewDatabase(database -> {
            execute(database, Files.readString(newestFixture()));
            execute(
                    database,
                    "update training_schedule set minimum_examples = 50;"
                            + " insert into example (decision_id, impression_id, conversation_id, query, reply_text, label)"
                            + " select decision_id, impression_id, conversation_id, query, reply_text || number, 0"
                            + " from example, generate_series(1, 4) as number");
            migrate(database);
            assertThat(rows(database, "select minimum_decisions from training_schedule"))
                    .containsExactly("10");
            return null;
        });
        inNewDatabase(database -> {
            migrate(database);
            assertThat(rows(database, "select minimum_decisions from training_schedule"))
                    .containsExactly("50");
            return null;
        });
    }

    @Test
    void a_migration_is_added_at_the_end_and_never_changed() throws Exception {
        List<String> ledger = Files.readAllLines(FIXTURES.resolve("ledger.txt"));
        List<String> files = Arrays.stream(flyway.info().all())
                .map(migration -> file(migration) + " " + migration.getChecksum())
                .toList();

        assertThat(files)
                .as("Files in db-migrations, with their checksums, are those of the ledger, in the same order. A new"
                        + " file has the highest number, and its line is added at the ledger's end; a file that was in"
                        + " a commit is never changed: write another one.")
                .isEqualTo(ledger);

        List<Integer> known = numbersOf(newestFixture());
        assertThat(Arrays.stream(flyway.info().all()).map(MigrationsTest::number))
                .as("A file that the newest fixture does not know has a higher number than all that it knows")
                .allMatch(number -> known.contains(number) || number > Collections.max(known));
    }

    @Test
    void what_the_version_before_uses_is_taken_away_by_files_that_say_so() {
        for (MigrationInfo migration : flyway.info().all()) {
            boolean says = migration.getDescription().startsWith("contract ");
            if (number(migration) > NUMBERED_BY_ROOM && !says) {
                assertThat(CONTRACTION.matcher(statements(migration)).results())
                        .as(
                                "%s takes something away that the version before may still use. Expand first; contract a"
                                        + " release later, in a file V<number>__contract_<words>.sql",
                                file(migration))
                        .isEmpty();
            }
        }
    }

    @Test
    void adding_is_told_from_taking_away() {
        assertThat(List.of(
                        "drop table a;",
                        "alter table a drop column b;",
                        "alter table a rename column b to c;",
                        "alter table a alter column b type bigint;",
                        "alter table a alter b set not null;",
                        "alter table a add column b text not null;"))
                .allMatch(statement -> CONTRACTION.matcher(statement).find());
        assertThat(List.of(
                        "create table a (b text not null, type text not null);",
                        "alter table a add column b text;",
                        "alter table a add column if not exists b text not null default '';",
                        "alter table a drop constraint c, add constraint c check (b in ('x', 'y'));",
                        "drop index c; create unique index c on a (b) where d is not null;"))
                .noneMatch(statement -> CONTRACTION.matcher(statement).find());
    }

    @Test
    void what_is_added_to_a_table_in_use_is_built_beside_the_chat() {
        for (MigrationInfo migration : flyway.info().all()) {
            if (number(migration) > BEFORE_THE_FIRST_RELEASE) {
                assertThat(locks(statements(migration)))
                        .as("%s: see rule 4 of src/docs/migrations.md", file(migration))
                        .isEmpty();
            }
        }
    }

    @Test
    void building_under_a_lock_is_told_from_building_beside_the_chat() {
        assertThat(
                        List.of(
                                "create index a_b on a (b);",
                                "create unique index if not exists a_b on a (b) where c;",
                                "create table a (b text); create index c_b on c (b);",
                                "alter table a add constraint c check (b > 0);",
                                "alter table a add foreign key (b) references c (d);",
                                "alter table a add column b text, add constraint c unique (b);",
                                "create index concurrently a_b on a (b);",
                                "drop index concurrently if exists a_b; create index concurrently a_c on a (c);",
                                "drop index concurrently if exists a_b; create index concurrently a_b on a (b); drop index a_c;"))
                .allMatch(statements -> !locks(statements).isEmpty());
        assertThat(List.of(
                        "create table a (b text unique); create index a_b on a (b); alter table a add check (b > '');",
                        "drop index concurrently if exists a_b; create index concurrently a_b on a (b) where c;",
                        "alter table a add constraint c check (b > 0) not valid;",
                        "alter table a validate constraint c;",
                        "alter table a add constraint c unique using index a_b;",
                        "alter table a add column b boolean not null default false;"))
                .allMatch(statements -> locks(statements).isEmpty());
    }

    /** What a file with these statements builds while nobody can write, or could not be done again after a failure. */
    private static List<String> locks(String statements) {
        List<String> own = CREATED_TABLE
                .matcher(statements)
                .results()
                .map(table -> table.group(1))
                .toList();
        List<String> found = new ArrayList<>();
        Stream.of(INDEX_UNDER_A_LOCK, CONSTRAINT_UNDER_A_LOCK)
                .flatMap(pattern -> pattern.matcher(statements).results())
                .filter(built -> !own.contains(built.group(1)))
                .forEach(built -> found.add(built.group()));
        if (BESIDE_THE_CHAT.matcher(statements).find()
                && !NOTHING_ELSE.matcher(statements).matches()) {
            found.add("a file that builds an index concurrently drops it first, if it exists, and does nothing else");
        }
        return found;
    }

    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void an_index_is_built_beside_the_chat_and_after_a_failure_again_at_the_next_start(@TempDir Path folder)
            throws Exception {
        Files.writeString(folder.resolve("V1__table.sql"), "create table a (b int); insert into a values (1), (1);");
        Files.writeString(
                folder.resolve("V2__index.sql"),
                "drop index concurrently if exists a_b;\ncreate unique index concurrently a_b on a (b);\n");
        inNewDatabase(database -> {
            FluentConfiguration settings =
                    settings(database).resourceProvider(null).locations("filesystem:" + folder);

            assertThatThrownBy(() -> settings.load().migrate())
                    .isInstanceOf(FlywayException.class)
                    .hasMessageContaining("could not create unique index");
            execute(database, "delete from a where ctid = '(0,1)'");
            settings.load().migrate();

            assertThat(rows(database, "select indisvalid from pg_index where indexrelid = 'a_b'::regclass"))
                    .containsExactly("t");
            return null;
        });
    }

    private static int number(MigrationInfo migration) {
        return Integer.parseInt(migration.getVersion().getVersion());
    }

    private static List<Integer> numbersOf(Path fixture) throws IOException {
        Pattern row = Pattern.compile("INSERT INTO public\\.flyway_schema_history .* VALUES \\(\\d+, '(\\d+)'.*");
        return Files.readAllLines(fixture).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static String file(MigrationInfo migration) {
        return Path.of(migration.getScript()).getFileName().toString();
    }

    private static String statements(MigrationInfo migration) {
        try {
            return Files.readString(Path.of("db-migrations", file(migration)))
                    .replaceAll("--.*", "")
                    .toLowerCase(Locale.ROOT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private static Path newestFixture() throws IOException {
        List<Path> fixtures = fixtures();
        return fixtures.get(fixtures.size() - 1);
    }

    private interface Work<T> {
        T with(String databaseUrl) throws Exception;
    }

    private <T> T inNewDatabase(Work<T> work) throws Exception {
        String name = "upgraded";
        execute(url, "drop database if exists " + name);
        execute(url, "create database " + name);
        try {
            return work.with(url.substring(0, url.lastIndexOf('/') + 1) + name);
        } finally {
            execute(url, "drop database " + name + " with (force)");
        }
    }

    /** With the application's own settings, so that what refuses a start refuses it here. */
    private void migrate(String databaseUrl) {
        settings(databaseUrl).load().migrate();
    }

    private FluentConfiguration settings(String databaseUrl) {
        return Flyway.configure(flyway.getConfiguration().getClassLoader())
                .configuration(flyway.getConfiguration())
                .dataSource(databaseUrl, user, password);
    }

    private void execute(String databaseUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String databaseUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl, user, password);
                Statement statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }
}
