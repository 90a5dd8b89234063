package io.replyloop.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger sends is a command or is refused in words; nothing else comes out of the codec. */
class HostileFramesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ROUNDS = 20_000;

    private final FrameCodec codec = new FrameCodec();
    private final Random random = new Random(20260302);

    @Test
    void random_bytes_are_refused() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertRefused(new String(bytes, StandardCharsets.ISO_8859_1));
            assertRefused(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void every_beginning_of_a_real_frame_is_refused() {
        for (String folder : List.of("customer/in", "agent/in")) {
            for (String text : GoldenFiles.in(folder).values()) {
                String frame = text.strip();
                for (int length = 0; length < frame.length(); length++) {
                    assertRefused(frame.substring(0, length));
                }
            }
        }
    }

    @Test
    void real_frames_with_anything_in_a_field_are_read_or_refused() {
        List<String> frames = new ArrayList<>(GoldenFiles.in("customer/in").values());
        frames.addAll(GoldenFiles.in("agent/in").values());
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode frame = (ObjectNode) GoldenFiles.tree(frames.get(random.nextInt(frames.size())));
            List<String> names = new ArrayList<>();
            frame.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                frame.remove(name);
            } else {
                frame.set(name, anything(3));
            }
            assertReadOrRefused(frame.toString());
        }
    }

    @Test
    void random_json_is_refused() {
        for (int round = 0; round < ROUNDS; round++) {
            assertRefused(anything(4).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"send\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":[\"send\"]}",
                "{\"type\":\"Send\"}",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"type\":\"send\"}",
                "{\"type\":\"ping\"} x",
                "\uFEFF{\"type\":\"ping\"}",
                "{'type':'ping'}"
            })
    void almost_frames_are_refused(String text) {
        assertRefused(text);
    }

    @Test
    void depth_and_length_of_numbers_have_an_end() {
        assertRefused("[".repeat(20_000));
        assertRefused("{\"type\":\"read\",\"sequence\":" + "9".repeat(5_000) + "}");
        assertRefused("{\"type\":\"read\",\"sequence\":1e999999999}");
        assertRefused("{\"type\":\"read\",\"sequence\":9223372036854775808}");
        assertRefused("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud83d", "\\ude00", "\\ud83dx"})
    void a_text_that_cannot_be_stored_is_refused(String text) {
        UUID id = UUID.randomUUID();
        FrameRefused refused = refused("{\"type\":\"send\",\"id\":\"" + id + "\",\"text\":\"" + text + "\"}");
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.MALFORMED_FRAME);
        assertThat(refused.problem()).hasMessageContaining("\"text\"");
        assertThat(refused.id()).isEqualTo(id);
    }

    @Test
    void a_refusal_names_the_field_and_the_act() {
        UUID id = UUID.randomUUID();
        FrameRefused refused = refused("{\"type\":\"send\",\"id\":\"" + id + "\",\"text\":5}");
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.MALFORMED_FRAME);
        assertThat(refused.problem()).hasMessageContaining("\"text\"").hasMessageContaining("string");
        assertThat(refused.id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "5", "true", "{}", "{\"id\":1}", "[5]", "[{}]", "[null]", "[{\"id\":\"x\"}]"})
    void attachments_that_are_no_list_of_ids_are_refused(String attachments) {
        FrameRefused refused = refused("{\"type\":\"send\",\"id\":\"" + UUID.randomUUID()
                + "\",\"text\":\"Hi\",\"attachments\":" + attachments + "}");
        assertThat(refused.problem()).hasMessageContaining("\"attachments\"").hasMessageContaining("list");
    }

    @Test
    void a_customer_cannot_even_name_what_agents_can_do() {
        for (String type : List.of("note", "open", "take", "status", "reject")) {
            FrameRefused refused = refused(GoldenFiles.in("agent/in").get(type));
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.UNKNOWN_TYPE);
            assertThat(refused.problem()).hasMessageContaining("form, hello, ping, rate, read, send, typing");
        }
    }

    @Test
    void further_fields_do_not_matter() {
        assertThat(codec.customerCommand("{\"type\":\"ping\",\"from\":{\"the\":[\"future\"]}}"))
                .isEqualTo(new CustomerCommand.Ping());
    }

    private FrameRefused refused(String text) {
        Throwable thrown = catchThrowable(() -> codec.customerCommand(text));
        assertThat(thrown).as(text).isInstanceOf(FrameRefused.class);
        return (FrameRefused) thrown;
    }

    private void assertRefused(String text) {
        assertRefusal(catchThrowable(() -> codec.customerCommand(text)), text);
        assertRefusal(catchThrowable(() -> codec.agentCommand(text)), text);
    }

    private void assertReadOrRefused(String text) {
        for (Throwable thrown : new Throwable[] {
            catchThrowable(() -> codec.customerCommand(text)), catchThrowable(() -> codec.agentCommand(text))
        }) {
            if (thrown != null) {
                assertRefusal(thrown, text);
            }
        }
    }

    private static void assertRefusal(Throwable thrown, String text) {
        // Building the description for each of many thousand frames would take most of the time.
        if (!(thrown instanceof FrameRefused refused)
                || refused.problem().code().status() >= 500) {
            throw new AssertionError("Not refused: " + text, thrown);
        }
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextGaussian() * 1e9);
            case 4 -> JSON.textNode(randomText());
            case 5 -> JSON.numberNode(random.nextInt(10) - 5);
            case 6 -> JSON.textNode(UUID.randomUUID().toString());
            case 7 -> JSON.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default -> JSON.objectNode().setAll(Map.of(randomText(), anything(depth - 1)));
        };
    }

    private String randomText() {
        char[] characters = new char[random.nextInt(12)];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) random.nextInt(0x10000);
        }
        return new String(characters);
    }
}
