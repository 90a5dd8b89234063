package io.replyloop.exchange;

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
import java.util.List;

/**
 * One JSON object per line: what the export writes, or just {@code label}, {@code text} and {@code task}. Unknown fields
 * are ignored.
 */
final class JsonLines {
    private static final int LONGEST_LINE = 4 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
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

    static ImportedFile read(byte[] file) {
        List<ImportedFile.Line> lines = new ArrayList<>();
        int start = FileText.startOf(file);
        for (int number = 1; start < file.length; number++) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            String text = FileText.decoded(file, start, end);
            if (text == null) {
                lines.add(ImportedFile.Line.bad(number, FileText.NOT_UTF_8));
            } else if (!text.isBlank()) {
                lines.add(line(number, text));
            }
            FileText.requireFew(lines.size());
            start = end + 1;
        }
        return new ImportedFile(lines, true);
    }

    private static ImportedFile.Line line(int number, String text) {
        if (text.length() > LONGEST_LINE) {
            return ImportedFile.Line.bad(number, "the line is too long; put one reply on each line");
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (!(node instanceof ObjectNode object)) {
                throw new ImportedFile.BadLine(
                        "the line is not a JSON object; write {\"text\": \"…\"} with one reply per line");
            }
            return new ImportedFile.Line(number, fields(object), null);
        } catch (ImportedFile.BadLine bad) {
            return ImportedFile.Line.bad(number, bad.getMessage());
        } catch (JsonProcessingException malformed) {
            String where = malformed.getLocation() == null
                    ? ""
                    : " at column " + malformed.getLocation().getColumnNr();
            String what = malformed.getOriginalMessage().lines().findFirst().orElse("");
            return ImportedFile.Line.bad(
                    number, "the JSON is malformed" + where + ": " + what + "; write one complete object per line");
        }
    }

    private static ImportedFile.Fields fields(ObjectNode object) throws ImportedFile.BadLine {
        return new ImportedFile.Fields(
                FieldRules.id(string(object, "id")),
                string(object, "label"),
                string(object, "title"),
                string(object, "text"),
                string(object, "language"),
                categories(object),
                string(object, "shortcode"),
                FieldRules.state(string(object, "state")),
                questions(object));
    }

    private static String string(ObjectNode object, String field) throws ImportedFile.BadLine {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new ImportedFile.BadLine(field + " is not a text; put it in quotes");
        }
        return value.asText();
    }

    private static List<String> categories(ObjectNode object) throws ImportedFile.BadLine {
        JsonNode list = object.get("categories");
        if (list != null && !list.isNull()) {
            if (!list.isArray()) {
                throw new ImportedFile.BadLine(
                        "categories is not a list; write [\"…\"], or use 'category' for a single one");
            }
            List<String> categories = new ArrayList<>();
            for (JsonNode one : list) {
                if (!one.isTextual()) {
                    throw new ImportedFile.BadLine("categories has something that is not a text; put it in quotes");
                }
                categories.add(one.asText());
            }
            return categories;
        }
        String category = string(object, "category");
        if (category == null) {
            category = string(object, "task");
        }
        return category == null ? null : category.isBlank() ? List.of() : List.of(category);
    }

    private static List<AnsweredQuestion> questions(ObjectNode object) throws ImportedFile.BadLine {
        JsonNode list = object.get("questions");
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new ImportedFile.BadLine("questions is not a list; write [\"…\", \"…\"]");
        }
        List<AnsweredQuestion> questions = new ArrayList<>();
        for (JsonNode one : list) {
            if (one.isTextual()) {
                questions.add(new AnsweredQuestion(one.asText(), ""));
            } else if (one instanceof ObjectNode question && string(question, "text") != null) {
                questions.add(new AnsweredQuestion(string(question, "text"), string(question, "context")));
            } else {
                throw new ImportedFile.BadLine(
                        "questions has something that is neither a text nor {\"text\": \"…\", \"context\": \"…\"}");
            }
        }
        return FieldRules.limited(questions);
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
