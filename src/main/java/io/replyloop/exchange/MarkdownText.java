package io.replyloop.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown text. With front matter (YAML between lines of dashes) it is one reply; without, a reply begins at each
 * heading of the highest level that has several headings, as in a list of questions and answers.
 */
final class MarkdownText {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\s*---[ \\t]*\\n(.*?)\\n?(?:---|\\.\\.\\.)[ \\t]*(?:\\n|$)", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(#{1,6})[ \\t]++(.+)");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(```|~~~).*");

    private record Heading(int line, int level, String title) {}

    private MarkdownText() {}

    static RawTable read(DecodedText decoded) {
        String text = decoded.text().replace("\r\n", "\n").replace('\r', '\n');
        Matcher front = FRONT_MATTER.matcher(text);
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        int body = 1;
        if (front.lookingAt()) {
            try {
                if (YAML.readTree(front.group(1)) instanceof ObjectNode object) {
                    object.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
                    if (object.path("draft").asBoolean()) {
                        fields.putIfAbsent("state", TextNode.valueOf("draft"));
                    }
                }
            } catch (JsonProcessingException malformed) {
                return RawTable.broken(1, Reason.of(ReasonCode.FRONT_MATTER_MALFORMED));
            }
            body += (int)
                    front.group().chars().filter(character -> character == '\n').count();
            text = text.substring(front.end());
        }
        String[] lines = text.split("\n", -1);
        List<RawTable.Row> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>(fields.keySet());
        String title = columns.stream()
                .filter(name -> Columns.TITLE.equals(Columns.fieldOf(name)))
                .map(name -> fields.get(name).asText())
                .findFirst()
                .orElse(null);
        boolean hasTitle = title != null;
        List<Heading> headings = headings(lines);
        int firstWritten = firstWritten(lines);
        // The first heading is the title, or repeats it.
        List<Heading> first = fields.isEmpty()
                ? starts(headings)
                : headings.stream()
                        .filter(heading -> heading.line() == firstWritten)
                        .filter(heading -> title == null || title.equals(heading.title()))
                        .toList();
        List<JsonNode> values = new ArrayList<>(fields.values());
        columns.add(Columns.TEXT);
        if (!hasTitle) {
            columns.add(Columns.TITLE);
        }
        if (first.isEmpty()) {
            add(rows, body, values, String.join("\n", lines), null, hasTitle, decoded);
        }
        for (int at = 0; at < first.size(); at++) {
            int from = first.get(at).line() + 1;
            int to = at + 1 < first.size() ? first.get(at + 1).line() : lines.length;
            String section = String.join("\n", Arrays.asList(lines).subList(from, to));
            add(rows, body + from - 1, values, section, first.get(at).title(), hasTitle, decoded);
        }
        return new RawTable(columns, null, true, true, 1, rows, null);
    }

    private static void add(
            List<RawTable.Row> rows,
            int line,
            List<JsonNode> values,
            String text,
            String title,
            boolean hasTitle,
            DecodedText decoded) {
        if (text.isBlank() && (title == null || values.isEmpty())) {
            return;
        }
        List<JsonNode> cells = new ArrayList<>(values);
        cells.add(TextNode.valueOf(text.strip()));
        if (!hasTitle) {
            cells.add(title == null ? null : TextNode.valueOf(title));
        }
        boolean damaged =
                text.indexOf(DecodedText.DAMAGED) >= 0 || title != null && title.indexOf(DecodedText.DAMAGED) >= 0;
        Reason error = damaged
                ? Reason.of(
                        ReasonCode.DAMAGED_BYTES, "encoding", decoded.encoding().wireName())
                : null;
        rows.add(new RawTable.Row(line, cells, error));
        FileText.requireFew(rows.size());
    }

    /** Converts numbers and dates back to text. */
    private static JsonNode plain(JsonNode value) {
        return value.isNumber() ? TextNode.valueOf(value.asText()) : value;
    }

    private static int firstWritten(String[] lines) {
        int line = 0;
        while (line < lines.length && lines[line].isBlank()) {
            line++;
        }
        return line;
    }

    private static List<Heading> headings(String[] lines) {
        List<Heading> headings = new ArrayList<>();
        boolean isCode = false;
        for (int at = 0; at < lines.length; at++) {
            isCode ^= FENCE.matcher(lines[at]).matches();
            Matcher heading = HEADING.matcher(lines[at]);
            if (!isCode && heading.matches()) {
                headings.add(new Heading(at, heading.group(1).length(), withoutEnd(heading.group(2))));
            }
        }
        return headings;
    }

    /** Removes the closing signs that a heading may have. */
    private static String withoutEnd(String heading) {
        int end = endBefore(heading, endBefore(heading, endBefore(heading, heading.length(), " \t"), "#"), " \t");
        return heading.substring(0, end);
    }

    private static int endBefore(String text, int end, String signs) {
        int at = end;
        while (at > 1 && signs.indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
    }

    private static List<Heading> starts(List<Heading> headings) {
        for (int level = 1; level <= 6; level++) {
            int wanted = level;
            List<Heading> found = headings.stream()
                    .filter(heading -> heading.level() == wanted)
                    .toList();
            if (found.size() > 1) {
                return found;
            }
        }
        return headings.isEmpty() ? List.of() : headings.subList(0, 1);
    }
}
