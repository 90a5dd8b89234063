package io.replyloop.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * JSON for files and for programs outside Quarkus. Mappers are expensive to create and safe to share, as long as nobody
 * reconfigures them.
 */
public final class Json {
    /** Writes a single line. */
    public static final ObjectMapper MAPPER = new ObjectMapper();

    /** Indented, for files that people read. */
    public static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** What a jsonb column holds. */
    public static JsonNode stored(String column) {
        try {
            return MAPPER.readTree(column);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A jsonb column held something else than JSON", impossible);
        }
    }
}
