package io.replyloop.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * JSON of files and of programs that Quarkus does not serve. Mappers are costly to make and safe to share, as long as
 * nobody configures them any further.
 */
public final class Json {
    /** In one line. */
    public static final ObjectMapper MAPPER = new ObjectMapper();

    /** For files that people read. */
    public static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}
}
