package io.replyloop.exchange;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One JSON object per line: as written by the export, or just {@code label}, {@code text} and {@code task}, or as
 * written by other programs.
 */
final class JsonLines {
    private static final int LONGEST_LINE = 4 << 20;
    private static final Pattern LINE = Pattern.compile("([^\\r\\n]*)(\\r\\n|\\r|\\n|$)");

    /** A list of objects, or an object that spans several lines. */
    private static final Pattern DOCUMENT = Pattern.compile("\\s*+(\\[\\s*+\\{|\\{[^\\r\\n]*+[\\r\\n]\\s*+[^{\\s])");

    private static final ObjectMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(LONGEST_LINE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private JsonLines() {}

    /**
     * Reads one object per line; or a single document with a list of objects, either at the top level or in one of its
     * fields, as REST interfaces return it. Lines of a document are numbered by object.
     */
    static RawTable read(DecodedText decoded) {
        String text = decoded.text();
        List<JsonNode> document = DOCUMENT.matcher(text).lookingAt() ? document(text) : null;
        List<Integer> numbers = new ArrayList<>();
        List<Object> found = new ArrayList<>();
        if (document != null) {
            for (JsonNode each : document) {
                numbers.add(numbers.size() + 1);
                found.add(each instanceof ObjectNode ? each : Reason.of(ReasonCode.NOT_AN_OBJECT));
                FileText.requireFew(found.size());
            }
        } else {
            Matcher lines = LINE.matcher(text);
            for (int number = 1; lines.find(); number++) {
                String line = lines.group(1);
                if (!line.isBlank()) {
                    numbers.add(number);
                    found.add(object(line, decoded.encoding()));
                    FileText.requireFew(found.size());
                }
            }
        }
        return table(numbers, found);
    }

    /** The objects of a document, or null if it is not a document. */
    private static List<JsonNode> document(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                for (JsonNode list : object) {
                    if (list.isArray() && list.size() > 0 && list.get(0).isObject()) {
                        node = list;
                        break;
                    }
                }
            }
            List<JsonNode> objects = new ArrayList<>();
            if (node.isArray()) {
                node.forEach(objects::add);
            } else {
                objects.add(node);
            }
            return objects;
        } catch (JsonProcessingException several) {
            return null;
        }
    }

    private static RawTable table(List<Integer> numbers, List<Object> found) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<RawTable.Row> rows = new ArrayList<>();
        for (int at = 0; at < found.size(); at++) {
            if (found.get(at) instanceof ObjectNode object) {
                Map<Integer, JsonNode> cells = new HashMap<>();
                fill(object, "", columns, cells);
                int width = cells.keySet().stream()
                        .mapToInt(column -> column + 1)
                        .max()
                        .orElse(0);
                List<JsonNode> row = new ArrayList<>(width);
                for (int column = 0; column < width; column++) {
                    row.add(cells.get(column));
                }
                rows.add(new RawTable.Row(numbers.get(at), row, null));
            } else {
                rows.add(new RawTable.Row(numbers.get(at), List.of(), (Reason) found.get(at)));
            }
        }
        return new RawTable(List.copyOf(columns.keySet()), null, true, true, 1, rows, null);
    }

    /** The fields of a nested object get names with a dot. */
    private static void fill(
            ObjectNode object, String prefix, Map<String, Integer> columns, Map<Integer, JsonNode> cells) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = prefix + field.getKey();
            if (field.getValue() instanceof ObjectNode inner && Columns.fieldOf(name) == null) {
                fill(inner, name + ".", columns, cells);
            } else if (columns.containsKey(name) || columns.size() < RawTable.MOST_COLUMNS) {
                columns.putIfAbsent(name, columns.size());
                cells.put(columns.get(name), field.getValue());
            }
        }
    }

    /** The object of a line, or what is wrong with it. */
    private static Object object(String line, FileEncoding encoding) {
        if (line.indexOf(DecodedText.DAMAGED) >= 0) {
            return Reason.of(ReasonCode.DAMAGED_BYTES, "encoding", encoding.wireName());
        }
        if (line.length() > LONGEST_LINE) {
            return Reason.of(ReasonCode.LINE_TOO_LONG);
        }
        try {
            return JSON.readTree(line) instanceof ObjectNode object ? object : Reason.of(ReasonCode.NOT_AN_OBJECT);
        } catch (JsonProcessingException malformed) {
            int column = malformed.getLocation() == null
                    ? 1
                    : malformed.getLocation().getColumnNr();
            String what = malformed.getOriginalMessage().lines().findFirst().orElse("");
            return Reason.of(ReasonCode.JSON_MALFORMED, "column", column, "what", what);
        }
    }

    static void write(ReplyView reply, List<AnsweredQuestion> questions, OutputStream out) throws IOException {
        ObjectNode object = JSON.createObjectNode();
        object.put("id", reply.id().toString());
        if (reply.label() != null) {
            object.put("label", reply.label());
        }
        object.put("title", reply.title());
        object.put("text", reply.text());
        object.put("language", reply.language());
        ArrayNode categories = object.putArray("categories");
        reply.categories().forEach(categories::add);
        if (reply.shortcode() != null) {
            object.put("shortcode", reply.shortcode());
        }
        object.put("state", reply.state().wireName());
        if (!reply.choices().isEmpty()) {
            ArrayNode choices = object.putArray("choices");
            reply.choices().forEach(choices::add);
        }
        ArrayNode list = object.putArray("questions");
        for (AnsweredQuestion question : questions) {
            if (question.context().isEmpty()) {
                list.add(question.text());
            } else {
                list.addObject().put("text", question.text()).put("context", question.context());
            }
        }
        out.write(JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
