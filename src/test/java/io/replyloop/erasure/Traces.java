package io.replyloop.erasure;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Looks for a word wherever the product keeps anything: in every column of every table, and in every file of a folder. */
@ApplicationScoped
public class Traces {
    private final Session database;

    Traces(Session database) {
        this.database = database;
    }

    /** The tables and columns in which the word stands, in whatever type. */
    public List<String> inDatabase(String word) {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<String> found = new ArrayList<>();
            for (Object[] column : database.createNativeQuery(
                            "select c.table_name, c.column_name from information_schema.columns c"
                                    + " join information_schema.tables t on t.table_name = c.table_name"
                                    + " and t.table_schema = c.table_schema"
                                    + " where c.table_schema = 'public' and t.table_type = 'BASE TABLE'",
                            Object[].class)
                    .getResultList()) {
                long rows = database.createNativeQuery(
                                "select count(*) from \"" + column[0] + "\" where cast(\"" + column[1]
                                        + "\" as text) ilike :word",
                                Long.class)
                        .setParameter("word", "%" + word + "%")
                        .getSingleResult();
                if (rows > 0) {
                    found.add(column[0] + "." + column[1]);
                }
            }
            return found;
        });
    }

    long waitingForALock() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select count(*) from pg_locks where locktype = 'advisory' and not granted", Long.class)
                        .getSingleResult());
    }

    /** By which the indexes know what they were made from. */
    String installation() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select installation || ' ' || erasures from knowledge_revision", String.class)
                        .getSingleResult());
    }

    public static List<Path> inFiles(Path folder, String word) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(word))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
