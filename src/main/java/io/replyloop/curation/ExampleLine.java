package io.replyloop.curation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.dataset.ImportedExamples;
import io.replyloop.platform.StorableText;
import io.replyloop.privacy.PersonalData;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An example in a file. Every line has every field, so that programs which guess the columns from the first lines do not
 * guess wrong. Only query, reply and label have to be there when a file is read.
 */
final class ExampleLine {
    static final List<String> FIELDS = List.of(
            "id",
            "conversation",
            "decision",
            "question",
            "query",
            "reply",
            "reply_id",
            "reply_version",
            "label",
            "original_label",
            "excluded",
            "created_at",
            "agent",
            "outcome",
            "position",
            "shown",
            "model",
            "side");

    private static final int LONGEST_TEXT = 50_000;
    private static final int LONGEST_WORD = 100;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");
    private static final List<String> SIDES = List.of("train", "dev", "test");
    private static final List<String> OUTCOMES = List.of("sent", "edited", "rejected", "own-text");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private ExampleLine() {}

    /** What is wrong with a line. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String field;

        Wrong(String field, String message) {
            super(message);
            this.field = field;
        }

        /** Empty for the line as a whole. */
        String field() {
            return field;
        }
    }

    static ObjectNode json(ImportedExamples.Line line) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", line.sourceId());
        json.put("conversation", text(line.conversation()));
        json.put("decision", text(line.decision()));
        json.put("question", text(line.impression()));
        json.put("query", line.query());
        json.put("reply", line.replyText());
        json.put("reply_id", text(line.reply()));
        json.put("reply_version", line.replyVersion());
        json.put("label", line.label());
        json.put("original_label", line.originalLabel());
        json.put("excluded", line.excluded());
        json.put("created_at", text(line.createdAt()));
        json.put("agent", text(line.agent()));
        json.put("outcome", line.outcome());
        json.put("position", line.position());
        json.put("shown", line.shown());
        json.put("model", line.model());
        json.put("side", line.side());
        return json;
    }

    /**
     * What is in it, without personal data.
     *
     * @param given with these fields, in JSON's types or all as texts; others are left alone
     * @throws Wrong if it cannot be an example
     */
    static ImportedExamples.Line read(JsonNode given, Instant now) {
        String query = required(given, "query");
        String reply = required(given, "reply");
        Double label = share(given, "label");
        if (label == null) {
            throw new Wrong("label", "is missing; 1 fits, 0 does not fit");
        }
        UUID conversation = parsed(given, "conversation", "an id (UUID)", UUID::fromString);
        if (conversation == null) {
            // The same question again is the same conversation: at least that never lies on two sides.
            conversation = named("conversation\n" + query);
        }
        UUID decision = parsed(given, "decision", "an id (UUID)", UUID::fromString);
        if (decision == null) {
            decision = named(conversation + "\n" + query);
        }
        UUID question = parsed(given, "question", "an id (UUID)", UUID::fromString);
        Boolean excluded = parsed(given, "excluded", "true or false", ExampleLine::truth);
        Instant at = parsed(given, "created_at", "a time such as 2026-11-29T08:00:00Z", ExampleLine::moment);
        return new ImportedExamples.Line(
                word(given, "id", null),
                conversation,
                decision,
                question == null ? decision : question,
                PersonalData.masked(query),
                parsed(given, "reply_id", "an id (UUID)", UUID::fromString),
                PersonalData.masked(reply),
                parsed(given, "reply_version", "a whole number", Integer::valueOf),
                label,
                share(given, "original_label"),
                excluded != null && excluded,
                at == null ? now : at,
                parsed(given, "agent", "an id (UUID)", UUID::fromString),
                word(given, "outcome", OUTCOMES),
                parsed(given, "position", "a whole number", Integer::valueOf),
                parsed(given, "shown", "true or false", ExampleLine::truth),
                parsed(given, "model", "a whole number", Long::valueOf),
                word(given, "side", SIDES));
    }

    private static String required(JsonNode given, String field) {
        JsonNode value = given.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new Wrong(field, "is missing, or no text");
        }
        String text = value.textValue();
        if (text.length() > LONGEST_TEXT) {
            throw new Wrong(field, "has more than 50,000 characters");
        }
        if (!StorableText.is(text)) {
            throw new Wrong(field, "has a character that no database stores (NUL, or half of a pair)");
        }
        return text;
    }

    private static String word(JsonNode given, String field, List<String> known) {
        String text = text(given, field);
        if (text == null) {
            return null;
        }
        if (text.length() > LONGEST_WORD || !StorableText.is(text)) {
            throw new Wrong(field, "has more than 100 characters, or one that no database stores");
        }
        if (known != null && !known.contains(text)) {
            throw new Wrong(field, "is one of " + String.join(", ", known));
        }
        return text;
    }

    private static Double share(JsonNode given, String field) {
        Double value = parsed(given, field, "a number from 0 to 1", ExampleLine::number);
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new Wrong(field, "is a number from 0 to 1");
        }
        return value;
    }

    /** As JSON and spreadsheets write it; Java would read more. */
    private static Double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return Double.valueOf(text);
    }

    private static <T> T parsed(JsonNode given, String field, String what, Function<String, T> reader) {
        String text = text(given, field);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw new Wrong(field, "is " + what);
        }
    }

    private static String text(JsonNode given, String field) {
        JsonNode value = given.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isBlank()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw new Wrong(field, "is no single value");
        }
        return value.asText().strip();
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Instant moment(String text) {
        Instant moment = OffsetDateTime.parse(text).toInstant();
        if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LATEST)) {
            throw new DateTimeException("the database may not know such a time");
        }
        return moment;
    }

    private static UUID named(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
