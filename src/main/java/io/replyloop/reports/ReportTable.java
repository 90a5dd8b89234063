package io.replyloop.reports;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.FormulaGuard;
import io.replyloop.platform.Problem;
import io.replyloop.reports.ReportView.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The tables of a report, as files for spreadsheets. */
enum ReportTable {
    OVER_TIME(
            columns(List.of("start"), Columns.COUNTS),
            report -> report.overTime().stream().map(row -> columns(List.of(row.start()), counts(row.counts())))),
    REPLIES(
            List.of("id", "title", "category", "suggested", "sent", "edited", "lookedUp", "rejected"),
            report -> report.replies().stream()
                    .map(row -> Arrays.asList(
                            row.id(),
                            row.title(),
                            row.category(),
                            row.suggested(),
                            row.sent(),
                            row.edited(),
                            row.lookedUp(),
                            row.rejected()))),
    UNUSED_REPLIES(
            List.of("id", "title", "category"),
            report -> report.coverage().unused().stream()
                    .map(row -> Arrays.asList(row.id(), row.title(), row.category()))),
    CATEGORIES(
            columns(List.of("category"), Columns.COUNTS),
            report ->
                    report.categories().stream().map(row -> columns(Arrays.asList(row.name()), counts(row.counts())))),
    AGENTS(
            columns(List.of("id", "name"), Columns.COUNTS),
            report ->
                    report.agents().stream().map(row -> columns(List.of(row.id(), row.name()), counts(row.counts())))),
    MODELS(
            columns(List.of("model"), Columns.COUNTS),
            report -> report.models().stream().map(row -> columns(List.of(row.model()), counts(row.counts())))),
    RESPONSES(
            List.of("kind", "first", "count", "medianSeconds", "p90Seconds"),
            report -> report.responses().stream()
                    .map(row ->
                            List.of(row.kind(), row.first(), row.count(), seconds(row.median()), seconds(row.p90())))),
    RESPONSES_OVER_TIME(
            List.of("start", "kind", "count", "medianSeconds"),
            report -> report.responsesOverTime().stream()
                    .map(row -> List.of(row.start(), row.kind(), row.count(), seconds(row.median())))),
    LEARNING(
            List.of("start", "count", "first", "firstBefore", "among", "amongBefore"),
            report -> report.learning().overTime().stream()
                    .map(row -> List.of(
                            row.start(), row.count(), row.first(), row.firstBefore(), row.among(), row.amongBefore())));

    private static final class Columns {
        static final List<Object> COUNTS =
                List.of("questions", "silent", "answers", "sent", "edited", "lookedUp", "own", "rejected");
    }

    private final List<Object> columns;
    private final Function<ReportView, Stream<List<Object>>> rows;

    ReportTable(List<?> columns, Function<ReportView, Stream<? extends List<?>>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = report -> rows.apply(report).map(ArrayList::new);
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ReportTable named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.ofField(
                        "table",
                        FieldRule.MALFORMED,
                        "table: is one of "
                                + Arrays.stream(values())
                                        .map(ReportTable::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private static List<Object> columns(List<?> names, List<?> others) {
        List<Object> all = new ArrayList<>(names);
        all.addAll(others);
        return all;
    }

    private static List<Object> counts(Counts counts) {
        return List.of(
                counts.questions(),
                counts.silent(),
                counts.answers(),
                counts.sent(),
                counts.edited(),
                counts.lookedUp(),
                counts.own(),
                counts.rejected());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    String csv(ReportView report) {
        // Without this mark, spreadsheets read Chinese as something else.
        StringBuilder file = new StringBuilder("\uFEFF");
        try (CSVPrinter table = new CSVPrinter(file, CSVFormat.RFC4180)) {
            table.printRecord(columns);
            for (List<Object> row : rows.apply(report).toList()) {
                table.printRecord(row.stream()
                        .map(cell -> cell instanceof String text ? FormulaGuard.guarded(text) : cell)
                        .toArray());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toString();
    }
}
