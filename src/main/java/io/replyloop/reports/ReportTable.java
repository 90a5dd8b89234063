package io.replyloop.reports;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.FormulaGuard;
import io.replyloop.platform.Problem;
import io.replyloop.platform.WireNames;
import io.replyloop.reports.ReportView.Counts;
import io.replyloop.reports.SatisfactionView.Scores;
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

/**
 * The tables of a report, as files for spreadsheets. Their heads are for people, and named in reports.md: whoever reads the
 * files with a program relies on them.
 */
enum ReportTable {
    OVER_TIME(
            columns(List.of(Columns.START), Columns.COUNTS),
            report -> report.overTime().stream().map(row -> columns(List.of(row.start()), counts(row.counts())))),
    REPLIES(
            List.of(
                    Columns.REPLY,
                    Columns.TITLE,
                    Columns.CATEGORY,
                    "Times suggested",
                    Columns.SENT,
                    Columns.EDITED,
                    Columns.LOOKED_UP,
                    "Times rejected"),
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
            List.of(Columns.REPLY, Columns.TITLE, Columns.CATEGORY),
            report -> report.coverage().unused().stream()
                    .map(row -> Arrays.asList(row.id(), row.title(), row.category()))),
    CATEGORIES(
            columns(List.of(Columns.CATEGORY), Columns.COUNTS),
            report ->
                    report.categories().stream().map(row -> columns(Arrays.asList(row.name()), counts(row.counts())))),
    AGENTS(
            columns(List.of(Columns.ACCOUNT, Columns.NAME), Columns.COUNTS),
            report ->
                    report.agents().stream().map(row -> columns(List.of(row.id(), row.name()), counts(row.counts())))),
    MODELS(
            columns(List.of("Model number"), Columns.COUNTS),
            report -> report.models().stream().map(row -> columns(List.of(row.model()), counts(row.counts())))),
    RESPONSES(
            List.of(
                    Columns.KIND,
                    "First responses only",
                    Columns.ANSWERS,
                    Columns.HALF_WITHIN,
                    "Nine of ten within (seconds)"),
            report -> report.responses().stream()
                    .map(row -> List.of(
                            kind(row.kind()),
                            row.first() ? "yes" : "no",
                            row.count(),
                            seconds(row.median()),
                            seconds(row.p90())))),
    RESPONSES_OVER_TIME(
            List.of(Columns.START, Columns.KIND, Columns.ANSWERS, Columns.HALF_WITHIN),
            report -> report.responsesOverTime().stream()
                    .map(row -> List.of(row.start(), kind(row.kind()), row.count(), seconds(row.median())))),
    HANDLING(
            List.of(
                    Columns.START,
                    "Conversations begun",
                    "First responses",
                    "First responses half within (seconds)",
                    "First responses nine of ten within (seconds)",
                    "Resolved",
                    "Resolved half within (seconds)",
                    "Resolved nine of ten within (seconds)"),
            report -> report.handling().overTime().stream()
                    .map(row -> Arrays.asList(
                            row.start(),
                            row.begun(),
                            row.firstResponses().count(),
                            secondsIfAny(row.firstResponses().median()),
                            secondsIfAny(row.firstResponses().p90()),
                            row.resolutions().count(),
                            secondsIfAny(row.resolutions().median()),
                            secondsIfAny(row.resolutions().p90())))),
    SATISFACTION(
            columns(List.of(Columns.START), Columns.SCORES),
            report -> report.satisfaction().overTime().stream()
                    .map(row -> columns(List.of(row.start()), scores(row.scores())))),
    SATISFACTION_BY_AGENT(
            columns(List.of(Columns.ACCOUNT, Columns.NAME), Columns.SCORES),
            report -> report.satisfaction().agents().stream()
                    .map(row -> columns(List.of(row.id(), row.name()), scores(row.scores())))),
    LEARNING(
            List.of(
                    Columns.START,
                    "Answers compared",
                    "Right reply first",
                    "Right reply first without learning",
                    "Right reply shown",
                    "Right reply shown without learning"),
            report -> report.learning().overTime().stream()
                    .map(row -> List.of(
                            row.start(), row.count(), row.first(), row.firstBefore(), row.among(), row.amongBefore())));

    private static final class Columns {
        static final String START = "Day or first day of the week";
        static final String REPLY = "Reply ID";
        static final String ACCOUNT = "Account ID";
        static final String NAME = "Name";
        static final String TITLE = "Title";
        static final String CATEGORY = "Category";
        static final String KIND = "Kind of answer";
        static final String ANSWERS = "Answers";
        static final String SENT = "As suggested";
        static final String EDITED = "Edited";
        static final String LOOKED_UP = "Looked up";
        static final String HALF_WITHIN = "Half within (seconds)";

        static final List<Object> SCORES = List.of("Ratings", "Satisfied", "Dissatisfied", "Mean");

        static final List<Object> COUNTS =
                List.of("Questions", "Nothing suggested", ANSWERS, SENT, EDITED, LOOKED_UP, "Own text", "Rejected");
    }

    private final List<Object> columns;
    private final Function<ReportView, Stream<List<Object>>> rows;

    ReportTable(List<?> columns, Function<ReportView, Stream<? extends List<?>>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = report -> rows.apply(report).map(ArrayList::new);
    }

    String wireName() {
        return WireNames.of(this);
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

    /** Satisfied is a 4 or a 5, dissatisfied a 1 or a 2. */
    private static List<Object> scores(Scores scores) {
        return Arrays.asList(scores.count(), scores.satisfied(), scores.dissatisfied(), mean(scores.mean()));
    }

    private static String mean(Double mean) {
        return mean == null ? null : String.format(Locale.ROOT, "%.2f", mean);
    }

    private static String kind(String wireName) {
        return switch (wireName) {
            case "taken" -> "made from a suggestion";
            case "passed" -> "suggestion passed over";
            default -> "nothing suggested";
        };
    }

    private static String secondsIfAny(Double seconds) {
        return seconds == null ? null : seconds(seconds);
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
