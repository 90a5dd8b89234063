package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;

/** A whole number of {@code config.json} that may be missing. One that is too large for an int must not become another one. */
final class ConfigNumber {
    private ConfigNumber() {}

    static int of(JsonNode json, String field, int otherwise) {
        JsonNode value = json.path(field);
        if (json.hasNonNull(field) && !(value.isIntegralNumber() && value.canConvertToInt())) {
            throw new CheckpointException("config.json: " + field + " must be a whole number, but is " + value);
        }
        return value.asInt(otherwise);
    }
}
