package io.replyloop.lab.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.util.UUID;

/** A frame from the server. Unknown fields are ignored, as the protocol requires. */
record Frame(JsonNode json) {
    static Frame read(CharSequence text) {
        try {
            return new Frame(Json.MAPPER.readTree(text.toString()));
        } catch (JsonProcessingException failure) {
            throw new ReplayException("The server sent a frame that is not JSON: " + text, failure);
        }
    }

    String type() {
        return json.path("type").asText();
    }

    String text(String field) {
        return json.path(field).asText(null);
    }

    long number(String field) {
        return json.path(field).asLong();
    }

    UUID uuid(String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? UUID.fromString(value.asText()) : null;
    }

    /** The id of the conversation, which the frame has as an id or as a summary. */
    UUID conversation() {
        JsonNode value = json.path("conversation");
        return value.isObject() ? UUID.fromString(value.path("id").asText()) : uuid("conversation");
    }
}
