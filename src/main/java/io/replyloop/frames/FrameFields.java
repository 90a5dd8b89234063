package io.replyloop.frames;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.identity.CustomerAttributes;
import io.replyloop.platform.Json;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.ShortAnswers;
import io.replyloop.platform.StorableText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the fields of a client's frame strictly: an invalid field is reported, not guessed. Unknown fields are ignored.
 *
 * @param frame or an object in it
 * @param id of the whole frame, for whoever is told that it is wrong; null for none
 */
record FrameFields(JsonNode frame, UUID id) {
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    /** Far more than a message can carry, however that is set. */
    private static final int MOST_ATTACHMENTS = 100;

    private static final String CHOICES =
            "a list of at most " + ShortAnswers.MOST + " texts of at most " + ShortAnswers.LONGEST + " characters";

    /** @param frame all of it */
    FrameFields(JsonNode frame) {
        this(frame, uuidOrNull(frame.get("id")));
    }

    String text(String name) {
        JsonNode value = frame.get(name);
        if (value == null || !value.isTextual()) {
            throw wrong(name, "a string");
        }
        if (!StorableText.is(value.textValue())) {
            throw new FrameRefused(
                    ProblemCode.MALFORMED_FRAME, "Field \"" + name + "\" of this frame " + StorableText.RULE + ".", id);
        }
        return value.textValue();
    }

    String optionalText(String name, int longest) {
        return isAbsent(name) ? null : text(name, longest);
    }

    String text(String name, int longest) {
        String value = text(name);
        if (value.codePointCount(0, value.length()) > longest) {
            throw wrong(name, "a string of at most " + longest + " characters");
        }
        return value;
    }

    /** An object of texts. */
    Map<String, String> texts(String name, int most, int longest) {
        JsonNode value = frame.get(name);
        if (value == null || !value.isObject() || value.size() > most) {
            throw wrong(name, "an object of at most " + most + " texts");
        }
        FrameFields fields = new FrameFields(value, id);
        Map<String, String> texts = new LinkedHashMap<>();
        value.fieldNames().forEachRemaining(each -> {
            String text = fields.optionalText(each, longest);
            texts.put(each, text == null ? "" : text);
        });
        return Collections.unmodifiableMap(texts);
    }

    /** Simple values by their names; null where there are none. */
    Map<String, Object> optionalAttributes(String name) {
        if (isAbsent(name)) {
            return null;
        }
        JsonNode value = frame.get(name);
        if (!value.isObject() || value.size() > CustomerAttributes.MOST) {
            throw wrong(name, CustomerAttributes.RULE);
        }
        Map<String, Object> attributes = Json.MAPPER.convertValue(value, VALUES);
        if (!CustomerAttributes.fit(attributes)) {
            throw wrong(name, CustomerAttributes.RULE);
        }
        return Collections.unmodifiableMap(attributes);
    }

    /** Null where there is none; what is wrong in it is said of the frame. */
    FrameFields optionalObject(String name) {
        if (isAbsent(name)) {
            return null;
        }
        JsonNode value = frame.get(name);
        if (!value.isObject()) {
            throw wrong(name, "an object");
        }
        return new FrameFields(value, id);
    }

    String oneOf(String name, String... allowed) {
        JsonNode value = frame.get(name);
        if (value == null || !value.isTextual() || !List.of(allowed).contains(value.textValue())) {
            throw wrong(name, "one of " + String.join(", ", allowed));
        }
        return value.textValue();
    }

    String optionalOneOf(String name, String... allowed) {
        return isAbsent(name) ? null : oneOf(name, allowed);
    }

    UUID uuid(String name) {
        UUID value = uuidOrNull(frame.get(name));
        if (value == null) {
            throw wrong(name, "a UUID");
        }
        return value;
    }

    UUID optionalUuid(String name) {
        return isAbsent(name) ? null : uuid(name);
    }

    /** The ids of the files that a message carries; whatever else a client says about them is not believed. */
    List<UUID> attachments() {
        JsonNode value = frame.get("attachments");
        if (isAbsent("attachments")) {
            return List.of();
        }
        List<UUID> ids = new ArrayList<>();
        if (value.isArray() && value.size() <= MOST_ATTACHMENTS) {
            value.forEach(one -> ids.add(uuidOrNull(one.get("id"))));
        }
        if (!value.isArray() || ids.size() != value.size() || ids.contains(null)) {
            throw wrong("attachments", "a list of at most " + MOST_ATTACHMENTS + " objects with a UUID as \"id\"");
        }
        return ids;
    }

    /** An empty list where there are none. */
    List<UUID> uuids(String name, int most) {
        if (isAbsent(name)) {
            return List.of();
        }
        JsonNode value = frame.get(name);
        List<UUID> ids = new ArrayList<>();
        if (value.isArray() && value.size() <= most) {
            value.forEach(one -> ids.add(uuidOrNull(one)));
        }
        if (!value.isArray() || ids.size() != value.size() || ids.contains(null)) {
            throw wrong(name, "a list of at most " + most + " UUIDs");
        }
        return ids;
    }

    /** Short answers; an empty list where there are none. */
    List<String> choices() {
        JsonNode value = frame.get("choices");
        if (isAbsent("choices")) {
            return List.of();
        }
        if (!value.isArray() || value.size() > ShortAnswers.MOST) {
            throw wrong("choices", CHOICES);
        }
        List<String> choices = new ArrayList<>();
        for (JsonNode one : value) {
            if (!one.isTextual()
                    || !StorableText.is(one.textValue())
                    || one.textValue().codePointCount(0, one.textValue().length()) > ShortAnswers.LONGEST) {
                throw wrong("choices", CHOICES);
            }
            choices.add(one.textValue());
        }
        return choices;
    }

    /** The short answers of a draft; null where there are none. */
    List<String> draftChoices() {
        List<String> choices = choices();
        return choices.isEmpty() ? null : choices;
    }

    long sequence(String name) {
        JsonNode value = frame.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(name, "a whole number, 0 or more");
        }
        return value.longValue();
    }

    Long optionalSequence(String name) {
        return isAbsent(name) ? null : (Long) sequence(name);
    }

    Integer optionalSmallNumber(String name) {
        Long value = optionalSequence(name);
        return value == null ? null : Integer.valueOf((int) Math.min(value, Integer.MAX_VALUE));
    }

    boolean flag(String name) {
        JsonNode value = frame.get(name);
        if (value == null || !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.booleanValue();
    }

    boolean optionalFlag(String name, boolean otherwise) {
        return isAbsent(name) ? otherwise : flag(name);
    }

    /** A time in ISO 8601 format, in UTC. */
    Instant optionalTime(String name) {
        if (isAbsent(name)) {
            return null;
        }
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException noTime) {
            throw wrong(name, "a time such as 2026-03-02T09:15:30Z");
        }
    }

    /** The id of the action, for a problem about a frame that cannot be parsed completely. */
    static UUID uuidOrNull(JsonNode value) {
        // UUID.fromString accepts shorter groups, but the client would not recognise the normalised id as its own.
        if (value == null || !value.isTextual() || value.textValue().length() != 36) {
            return null;
        }
        try {
            return UUID.fromString(value.textValue());
        } catch (IllegalArgumentException noUuid) {
            return null;
        }
    }

    private boolean isAbsent(String name) {
        JsonNode value = frame.get(name);
        return value == null || value.isNull();
    }

    private FrameRefused wrong(String name, String expected) {
        return new FrameRefused(
                ProblemCode.MALFORMED_FRAME, "Field \"" + name + "\" of this frame must be " + expected + ".", id);
    }
}
