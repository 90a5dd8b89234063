package io.replyloop.frames;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Converts frames to and from text. Any text from a client becomes either a command or a {@link FrameRefused}. */
@Singleton
public class FrameCodec {
    private final ObjectReader reader;
    private final ObjectWriter customerWriter;
    private final ObjectWriter agentWriter;

    public FrameCodec() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        reader = mapper.readerFor(JsonNode.class);
        customerWriter = mapper.writerFor(CustomerFrame.class);
        agentWriter = mapper.writerFor(AgentFrame.class);
    }

    public CustomerCommand customerCommand(String text) {
        return read(text, CommandTypes.CUSTOMER);
    }

    public AgentCommand agentCommand(String text) {
        return read(text, CommandTypes.AGENT);
    }

    public String write(CustomerFrame frame) {
        return write(customerWriter, frame);
    }

    public String write(AgentFrame frame) {
        return write(agentWriter, frame);
    }

    private <C> C read(String text, Map<String, Function<FrameFields, C>> types) {
        JsonNode frame = tree(text);
        if (!frame.isObject()) {
            throw new FrameRefused(
                    ProblemCode.MALFORMED_FRAME,
                    "The frame is not a JSON object; send one object per text frame.",
                    null);
        }
        JsonNode type = frame.get("type");
        Function<FrameFields, C> known = type != null && type.isTextual() ? types.get(type.textValue()) : null;
        if (known == null) {
            throw new FrameRefused(
                    ProblemCode.UNKNOWN_TYPE,
                    "The field \"type\" must be one of " + String.join(", ", new TreeSet<>(types.keySet())) + ".",
                    FrameFields.uuidOrNull(frame.get("id")));
        }
        return known.apply(new FrameFields(frame));
    }

    private JsonNode tree(String text) {
        try {
            return reader.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new FrameRefused(
                    ProblemCode.MALFORMED_FRAME, "The frame is not JSON; send one JSON object per text frame.", null);
        }
    }

    private static String write(ObjectWriter writer, Object frame) {
        try {
            return writer.writeValueAsString(frame);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Cannot write a frame of type " + frame.getClass(), defect);
        }
    }
}
