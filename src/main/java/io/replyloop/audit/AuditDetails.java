package io.replyloop.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * What was changed: fields by name, before and after. Whoever makes one names each field, rather than hand over a whole
 * view: so that a field which is added to a view is never written down by accident. Passwords, secrets, tokens and what
 * customers wrote do not belong here.
 */
public final class AuditDetails {
    /** Of a longer text only the length is kept: the whole of it stands in the versions of what it belongs to. */
    static final int LONGEST_TEXT = 500;

    private static final int MOST_ENTRIES = 50;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final AuditDetails NONE = new AuditDetails(JSON.objectNode());

    private final ObjectNode json;

    private AuditDetails(ObjectNode json) {
        this.json = json;
    }

    public static AuditDetails none() {
        return NONE;
    }

    /** Of something new, or of an act that only has a result. */
    public static AuditDetails of(Map<String, ?> after) {
        return between(Map.of(), after);
    }

    /** The fields that differ; one that has no value, here or there, is left out there. */
    public static AuditDetails between(Map<String, ?> before, Map<String, ?> after) {
        ObjectNode old = JSON.objectNode();
        ObjectNode fresh = JSON.objectNode();
        before.forEach((name, value) -> {
            if (!Objects.equals(value, after.get(name))) {
                put(old, name, value);
            }
        });
        after.forEach((name, value) -> {
            if (!Objects.equals(value, before.get(name))) {
                put(fresh, name, value);
            }
        });
        ObjectNode json = JSON.objectNode();
        if (!old.isEmpty()) {
            json.set("before", old);
        }
        if (!fresh.isEmpty()) {
            json.set("after", fresh);
        }
        return new AuditDetails(json);
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    /** Null when there is nothing to tell. */
    JsonNode json() {
        return json.isEmpty() ? null : json;
    }

    private static void put(ObjectNode object, String name, Object value) {
        if (value != null) {
            object.set(name, node(value));
        }
    }

    private static JsonNode node(Object value) {
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof Integer || value instanceof Long) {
            return JSON.numberNode(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.doubleValue());
        }
        if (value instanceof Collection<?> values) {
            ArrayNode array = JSON.arrayNode();
            values.stream().limit(MOST_ENTRIES).forEach(each -> array.add(node(each)));
            return array;
        }
        String text = value.toString();
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST_TEXT ? JSON.textNode(text) : JSON.objectNode().put("characters", length);
    }
}
