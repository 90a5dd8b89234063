package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which column contains which field: as requested, else by the names of the columns, else, only for the text, the
 * column with the longest cells, which has to be confirmed.
 *
 * @param columns the column number of each field, from 0
 * @param guessed whether the text's column is a guess
 * @param problem why no line can be read; null if they can
 */
record ColumnMapping(Map<String, Integer> columns, boolean guessed, Reason problem, List<Reason> notes) {
    /** A comma separates entries only if an entry follows, because column names may contain commas. */
    private static final Pattern ENTRY = Pattern.compile(
            "\\G\\s*(\\w+)\\s*=(.*?)(?:,(?=\\s*(?:" + String.join("|", Columns.FIELDS) + ")\\s*=)|$)", Pattern.DOTALL);

    private static final int LOOKED_AT = 200;

    static ColumnMapping of(RawTable table, String asked) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<Reason> notes = new ArrayList<>();
        Set<String> decided = new HashSet<>();
        for (Map.Entry<String, String> entry : parsed(asked).entrySet()) {
            decided.add(entry.getKey());
            if (!entry.getValue().isEmpty()) {
                columns.put(entry.getKey(), column(entry.getValue(), table.columns()));
            }
        }
        for (String field : Columns.FIELDS) {
            if (decided.contains(field) || field.equals(Columns.QUESTION)) {
                continue;
            }
            List<Integer> named = unused(columns, Columns.named(field, table.columns()));
            Reason twice = table.separator() == null ? null : twice(field, named, table.columns());
            if (twice != null) {
                return new ColumnMapping(columns, false, twice, notes);
            }
            if (named.isEmpty()) {
                continue;
            }
            if (field.equals(Columns.ID) && !hasIds(table, named.get(0))) {
                if (!table.rows().isEmpty()) {
                    notes.add(Reason.of(
                            ReasonCode.FOREIGN_IDS, "column", table.columns().get(named.get(0))));
                }
                continue;
            }
            columns.put(field, named.get(0));
        }
        addQuestion(columns, decided, table);
        boolean guessed = false;
        if (!columns.containsKey(Columns.TEXT) && !decided.contains(Columns.TEXT)) {
            guessed = guess(columns, decided, table);
        }
        Reason problem = columns.containsKey(Columns.TEXT) || table.separator() == null
                ? null
                : Reason.of(
                        ReasonCode.NO_TEXT_COLUMN,
                        "known",
                        String.join(", ", Columns.FIELDS.subList(0, Columns.FIELDS.size() - 1)),
                        "rows",
                        table.rows().size());
        return new ColumnMapping(columns, guessed, problem, notes);
    }

    static Map<String, String> parsed(String mapping) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (mapping == null) {
            return entries;
        }
        Matcher matcher = ENTRY.matcher(mapping);
        int end = 0;
        while (end < mapping.length() && matcher.find()) {
            if (!Columns.FIELDS.contains(matcher.group(1))) {
                throw invalid("The field '" + Reason.excerpt(matcher.group(1)) + "' is not known; use "
                        + String.join(", ", Columns.FIELDS) + ".");
            }
            if (entries.put(matcher.group(1), matcher.group(2).strip()) != null) {
                throw invalid("The field '" + matcher.group(1) + "' is given two columns; give it one.");
            }
            end = matcher.end();
        }
        if (end < mapping.length()) {
            throw invalid("The mapping '" + Reason.excerpt(mapping)
                    + "' is not understood; write field=column, with commas in between, such as"
                    + " title=Question,text=Answer or title=#1,text=#2.");
        }
        return entries;
    }

    private static Problem invalid(String message) {
        return new Problem(ProblemCode.INVALID, message);
    }

    private static int column(String wanted, List<String> names) {
        if (wanted.matches("#\\d{1,4}")) {
            int number = Integer.parseInt(wanted.substring(1));
            if (number >= 1 && number <= names.size()) {
                return number - 1;
            }
        }
        String name = Columns.normalised(wanted);
        return IntStream.range(0, names.size())
                .filter(column -> Columns.normalised(names.get(column)).equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("The file has no column '" + Reason.excerpt(wanted) + "'; it has: "
                        + names.stream().limit(20).map(Reason::excerpt).collect(Collectors.joining(", "))
                        + ". A column's number does, too: #1."));
    }

    private static List<Integer> unused(Map<String, Integer> columns, List<Integer> found) {
        return found.stream().filter(column -> !columns.containsValue(column)).toList();
    }

    private static Reason twice(String field, List<Integer> found, List<String> names) {
        List<Integer> own = found.stream()
                .filter(column -> Columns.isOwnName(field, names.get(column)))
                .sorted()
                .toList();
        return own.size() < 2
                ? null
                : Reason.of(
                        ReasonCode.DUPLICATE_COLUMN,
                        "column",
                        Columns.normalised(names.get(own.get(1))),
                        "field",
                        field);
    }

    /**
     * Other programs export their own ids; ours are UUIDs, and a single UUID means that all ids in the file are ours.
     */
    private static boolean hasIds(RawTable table, int column) {
        return table.rows().stream()
                .map(row -> row.cell(column))
                .anyMatch(cell -> cell != null && FieldRules.isId(cell.asText()));
    }

    private static void addQuestion(Map<String, Integer> columns, Set<String> decided, RawTable table) {
        if (decided.contains(Columns.QUESTION)) {
            return;
        }
        List<Integer> named = unused(columns, Columns.named(Columns.QUESTION, table.columns()));
        if (named.isEmpty()) {
            return;
        }
        boolean hasTitle = columns.containsKey(Columns.TITLE) || decided.contains(Columns.TITLE);
        String field = hasTitle ? Columns.QUESTIONS : Columns.QUESTION;
        if (!columns.containsKey(field) && !decided.contains(field)) {
            columns.put(field, named.get(0));
        }
    }

    private static boolean guess(Map<String, Integer> columns, Set<String> decided, RawTable table) {
        Optional<Integer> text = longest(columns, table, Integer.MAX_VALUE);
        if (text.isEmpty()) {
            return false;
        }
        columns.put(Columns.TEXT, text.get());
        boolean hasTitle = columns.containsKey(Columns.TITLE)
                || columns.containsKey(Columns.QUESTION)
                || decided.contains(Columns.TITLE);
        if (!hasTitle) {
            longest(columns, table, 120).ifPresent(title -> columns.put(Columns.TITLE, title));
        }
        return true;
    }

    private static Optional<Integer> longest(Map<String, Integer> columns, RawTable table, int most) {
        double[] lengths = IntStream.range(0, table.columns().size())
                .mapToDouble(column -> table.rows().stream()
                        .limit(LOOKED_AT)
                        .map(row -> row.cell(column))
                        .mapToInt(cell -> cell == null || !cell.isTextual() || isFigure(cell.asText())
                                ? 0
                                : cell.asText().length())
                        .average()
                        .orElse(0))
                .toArray();
        return IntStream.range(0, lengths.length)
                .boxed()
                .filter(column -> !columns.containsValue(column))
                .filter(column -> lengths[column] >= 1 && lengths[column] <= most)
                .max(Comparator.comparingDouble(column -> lengths[column]));
    }

    private static boolean isFigure(String cell) {
        return cell.isBlank() || cell.matches("[\\d\\s.,:;/%€$+-]+") || FieldRules.isId(cell);
    }
}
