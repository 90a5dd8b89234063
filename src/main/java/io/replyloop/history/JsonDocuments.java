package io.replyloop.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * The objects of a JSON file, one after the other, in whichever of three ways programs write them: an object in each line, a
 * list of objects, or a page of results ({@code {"tickets": [...], "users": [...]}}). None that is larger than any
 * conversation is held in memory.
 */
final class JsonDocuments {
    /** Characters of one object. */
    static final int LARGEST = 4 << 20;

    private static final int DEEPEST = 60;
    /** Values of one object; each takes some memory, however short. */
    private static final int MOST_VALUES = 400_000;
    /** Lists of results. */
    private static final Set<String> LISTS =
            Set.of("tickets", "users", "conversations", "payload", "results", "data", "items");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST + 10)
                    .maxStringLength(LARGEST)
                    .maxNumberLength(400)
                    .build())
            .build();

    private final ObjIntConsumer<ObjectNode> found;
    private final TranscriptSink sink;

    private JsonDocuments(ObjIntConsumer<ObjectNode> found, TranscriptSink sink) {
        this.found = found;
        this.sink = sink;
    }

    /** @param found takes an object, and the line that it begins in */
    static void read(Reader file, ObjIntConsumer<ObjectNode> found, TranscriptSink sink) throws IOException {
        new JsonDocuments(found, sink).read(new BufferedReader(file));
    }

    private void read(BufferedReader file) throws IOException {
        file.mark(LARGEST + 2);
        String first = firstLine(file);
        boolean perLine = first.stripLeading().startsWith("{") && isWhole(first);
        file.reset();
        if (perLine) {
            lines(file);
        } else {
            whole(file);
        }
    }

    /** The first with anything in it; empty where it is longer than any object, since no more can be read twice. */
    private static String firstLine(Reader file) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = 0; read <= LARGEST; read++) {
            int character = file.read();
            if (character < 0) {
                return line.toString();
            }
            if (character != '\n') {
                line.append((char) character);
            } else if (line.toString().isBlank()) {
                line.setLength(0);
            } else {
                return line.toString();
            }
        }
        return "";
    }

    private static boolean isWhole(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            int depth = 0;
            boolean isPage = false;
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                isPage |= depth == 2
                        && token == JsonToken.START_ARRAY
                        && LISTS.contains(String.valueOf(parser.currentName()));
            }
            return depth == 0 && !isPage;
        } catch (IOException broken) {
            return false;
        }
    }

    /** A line, or as much of it as an object may have; the rest of it is skipped. */
    private static String line(BufferedReader file) throws IOException {
        StringBuilder line = new StringBuilder();
        int character = file.read();
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n') {
            if (line.length() <= LARGEST) {
                line.append((char) character);
            }
            if (line.length() > LARGEST && character == '\r') {
                break;
            }
            character = file.read();
        }
        return line.toString();
    }

    private void lines(BufferedReader file) throws IOException {
        int number = 0;
        for (String line = line(file); line != null; line = line(file)) {
            number++;
            sink.progress();
            if (line.isBlank()) {
                continue;
            }
            if (line.length() > LARGEST) {
                sink.leftOut(LeftOut.TOO_LARGE, number);
                continue;
            }
            try (JsonParser parser = JSON.createParser(line)) {
                JsonNode node = parser.nextToken() == JsonToken.START_OBJECT ? node(parser, new Budget()) : null;
                if (node == null || parser.nextToken() != null) {
                    sink.leftOut(node == null ? LeftOut.TOO_LARGE : LeftOut.BROKEN_LINE, number);
                } else {
                    found.accept((ObjectNode) node, number);
                }
            } catch (JsonProcessingException broken) {
                sink.leftOut(LeftOut.BROKEN_LINE, number);
            }
        }
    }

    private void whole(Reader file) throws IOException {
        JsonParser parser = JSON.createParser(file);
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    list(parser);
                } else if (token == JsonToken.START_OBJECT) {
                    page(parser, 0);
                } else {
                    sink.leftOut(LeftOut.BROKEN_LINE, parser.currentLocation().getLineNr());
                    return;
                }
            }
        } catch (JsonProcessingException broken) {
            // What came before it is whole.
            sink.leftOut(LeftOut.BROKEN_LINE, parser.currentLocation().getLineNr());
        } finally {
            parser.close();
        }
    }

    /** Of objects; what else is in it says nothing. */
    private void list(JsonParser parser) throws IOException {
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = parser.nextToken()) {
            sink.progress();
            if (token == JsonToken.START_OBJECT) {
                object(parser);
            } else if (token == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    private void object(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode node = node(parser, new Budget());
        if (node == null) {
            sink.leftOut(LeftOut.TOO_LARGE, line);
        } else {
            found.accept((ObjectNode) node, line);
        }
    }

    /** A page of results, or an object that is itself one. */
    private void page(JsonParser parser, int depth) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        Budget budget = new Budget();
        ObjectNode rest = NODES.objectNode();
        boolean isPage = false;
        boolean isWhole = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (LISTS.contains(name) && value == JsonToken.START_ARRAY) {
                isPage = true;
                list(parser);
            } else if (name.equals("data") && value == JsonToken.START_OBJECT && depth < 2) {
                isPage = true;
                page(parser, depth + 1);
            } else {
                isWhole &= budget.take(name.length());
                JsonNode node = node(parser, budget);
                isWhole &= node != null;
                if (isWhole) {
                    rest.set(name, node);
                }
            }
        }
        if (!isPage && isWhole) {
            found.accept(rest, line);
        } else if (!isPage) {
            sink.leftOut(LeftOut.TOO_LARGE, line);
        }
    }

    private static final class Budget {
        private long characters = LARGEST;
        private int values = MOST_VALUES;

        boolean take(int length) {
            characters -= length;
            return --values >= 0 && characters >= 0;
        }
    }

    /** Null where it is larger than the budget; it is read to its end all the same. */
    private static JsonNode node(JsonParser parser, Budget budget) throws IOException {
        return node(parser, budget, 0);
    }

    private static JsonNode node(JsonParser parser, Budget budget, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && (depth > DEEPEST || !budget.take(0))) {
            parser.skipChildren();
            return null;
        }
        if (token == JsonToken.START_OBJECT) {
            ObjectNode object = NODES.objectNode();
            boolean isWhole = true;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                isWhole &= budget.take(name.length());
                parser.nextToken();
                JsonNode value = node(parser, budget, depth + 1);
                isWhole &= value != null;
                if (isWhole) {
                    object.set(name, value);
                }
            }
            return isWhole ? object : null;
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = NODES.arrayNode();
            boolean isWhole = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode value = node(parser, budget, depth + 1);
                isWhole &= value != null;
                if (isWhole) {
                    array.add(value);
                }
            }
            return isWhole ? array : null;
        }
        return budget.take(parser.getTextLength()) ? scalar(parser, token) : null;
    }

    /** Numbers stay as they are written: nobody computes with an id. */
    private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT ->
                parser.getTextLength() < 19
                        ? NODES.numberNode(parser.getLongValue())
                        : NODES.textNode(parser.getText());
            case VALUE_NUMBER_FLOAT -> NODES.textNode(parser.getText());
            default -> NODES.nullNode();
        };
    }
}
