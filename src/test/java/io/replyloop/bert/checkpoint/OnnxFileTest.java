package io.replyloop.bert.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of ONNX files, and what it makes of files that are none. */
class OnnxFileTest {

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest < 0 || rest > 127) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] number(int field, long value) {
        return join(varint(field << 3), varint(value));
    }

    private static byte[] bytes(int field, byte[] value) {
        return join(varint(field << 3 | 2), varint(value.length), value);
    }

    private static byte[] text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] raw(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    private static byte[] matrix(String name, byte[] values) {
        return bytes(5, join(number(1, 2), number(1, 3), number(2, 1), text(8, name), bytes(9, values)));
    }

    private static byte[] model(byte[]... graph) {
        return join(number(1, 6), text(2, "pytorch"), bytes(7, join(graph)));
    }

    private static byte[] whole() {
        byte[] packed =
                bytes(5, join(bytes(1, join(varint(1), varint(2))), number(2, 1), text(8, "row"), bytes(9, raw(7, 8))));
        byte[] product = bytes(
                1,
                join(
                        text(1, "x"),
                        text(1, "onnx::MatMul_1"),
                        text(2, "y"),
                        text(3, "/query/MatMul"),
                        text(4, "MatMul")));
        byte[] sum = bytes(1, join(text(1, "x"), text(1, "row"), text(3, "/add"), text(4, "Add")));
        return model(text(2, "torch_jit"), product, sum, matrix("onnx::MatMul_1", raw(1, 2, 3, 4, 5, 6)), packed);
    }

    @Test
    void it_reads_tensors_and_which_product_uses_them() {
        OnnxFile file = OnnxFile.read(whole(), "test.onnx");
        assertThat(file.weightOf("/query/MatMul")).isEqualTo("onnx::MatMul_1");
        assertThat(file.weightOf("/add")).isNull();
        assertThat(file.shape("onnx::MatMul_1")).isEqualTo(new long[] {2, 3});
        assertThat(file.floats("onnx::MatMul_1")).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
        assertThat(file.shape("row")).isEqualTo(new long[] {1, 2});
        assertThat(file.floats("row")).isEqualTo(new float[] {7, 8});
        assertThat(file.has("row")).isTrue();
        assertThat(file.has("column")).isFalse();
        assertThatThrownBy(() -> file.shape("column")).isInstanceOf(CheckpointException.class);
    }

    @Test
    void wherever_it_is_cut_or_changed_it_is_read_or_refused_and_nothing_else() {
        byte[] whole = whole();
        for (int length = 0; length < whole.length; length++) {
            tryToRead(Arrays.copyOf(whole, length));
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = whole.clone();
            for (int k = 0; k <= i % 3; k++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            tryToRead(changed);
        }
    }

    private static void tryToRead(byte[] bytes) {
        try {
            OnnxFile file = OnnxFile.read(bytes, "test.onnx");
            file.floats("onnx::MatMul_1");
            file.floats("row");
        } catch (CheckpointException refused) {
            assertThat(refused.getMessage().startsWith("test.onnx: "))
                    .as("%s", refused.getMessage())
                    .isTrue();
        }
    }

    @Test
    void a_length_beyond_the_end_is_refused_before_anything_is_allocated() {
        byte[] bytes = join(varint(7 << 3 | 2), varint(Long.MAX_VALUE));
        assertRefused("claims a field of 9223372036854775807 bytes", bytes);
        assertRefused("claims a field of 18446744073709551615 bytes", join(varint(7 << 3 | 2), varint(-1)));
    }

    @Test
    void sizes_that_overflow_are_refused() {
        byte[] tensor = bytes(
                5, join(number(1, 1L << 62), number(1, 1L << 62), number(2, 1), text(8, "huge"), bytes(9, raw(1))));
        OnnxFile file = OnnxFile.read(model(tensor), "test.onnx");
        assertThat(assertThatExceptionOfType(CheckpointException.class)
                        .isThrownBy(() -> file.floats("huge"))
                        .actual()
                        .getMessage()
                        .contains("sizes"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11, 16})
    void only_full_precision_is_taken(int type) {
        byte[] tensor = bytes(5, join(number(1, 1), number(2, type), text(8, "a"), bytes(9, raw(1))));
        OnnxFile file = OnnxFile.read(model(tensor), "test.onnx");
        assertThatThrownBy(() -> file.floats("a")).isInstanceOf(CheckpointException.class);
    }

    @Test
    void weights_in_another_file_are_refused() {
        byte[] tensor = bytes(5, join(number(1, 1), number(2, 1), text(8, "a"), bytes(9, raw(1)), number(14, 1)));
        OnnxFile file = OnnxFile.read(model(tensor), "test.onnx");
        assertThatThrownBy(() -> file.floats("a")).isInstanceOf(CheckpointException.class);
    }

    @Test
    void what_is_there_twice_is_refused() {
        byte[] values = raw(1, 2, 3, 4, 5, 6);
        assertRefused("two tensors", model(matrix("a", values), matrix("a", values)));
        assertRefused("two graphs", join(model(), model()));
        assertRefused("no graph", number(1, 6));
    }

    private static void assertRefused(String why, byte[] bytes) {
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> OnnxFile.read(bytes, "test.onnx"))
                .actual();
        assertThat(refused.getMessage().contains(why))
                .as("%s", refused.getMessage())
                .isTrue();
    }
}
