package io.replyloop.bert.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfPrecisionTest {

    @Test
    void every_half_survives_the_way_there_and_back() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = SafetensorsFile.halfToFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfPrecision.toHalf(value))
                        .as("%s", "half " + Integer.toHexString(bits))
                        .isEqualTo((short) bits);
            }
        }
    }

    @Test
    void what_lies_between_goes_to_the_nearest_and_ties_to_the_even_one() {
        assertThat((int) HalfPrecision.toHalf(1f)).isEqualTo(0x3C00);
        assertThat((int) HalfPrecision.toHalf(1f + 1f / 2048)).isEqualTo(0x3C00);
        assertThat((int) HalfPrecision.toHalf(1f + 3f / 2048)).isEqualTo(0x3C02);
        assertThat((int) HalfPrecision.toHalf(1f + 1.01f / 2048)).isEqualTo(0x3C01);
        assertThat((int) HalfPrecision.toHalf(0x1p-24f)).isEqualTo(0x0001);
        assertThat((int) HalfPrecision.toHalf(0x1p-25f)).isEqualTo(0x0000);
        assertThat((int) HalfPrecision.toHalf(1.9999f)).isEqualTo(0x4000);
        assertThat(HalfPrecision.toHalf(65520f)).isEqualTo((short) 0x7C00);
        assertThat(HalfPrecision.toHalf(65519f)).isEqualTo((short) 0x7BFF);
        assertThat(HalfPrecision.toHalf(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFC00);
    }

    @Test
    void a_halved_checkpoint_has_the_same_tensors(@TempDir Path directory) throws Exception {
        write(directory, 0.1f, -2.5f);
        long before = Files.size(directory.resolve("model.safetensors"));
        HalfPrecision.halve(directory);
        assertThat(Files.size(directory.resolve("model.safetensors")) < before).isTrue();
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            SafetensorsFile.Entry entry = file.entries().get("a.weight");
            assertThat(entry.type()).isEqualTo("F16");
            ByteBuffer values = file.readFloats(entry);
            assertThat(values.getFloat()).isCloseTo(0.1f, within(1e-4f));
            assertThat(values.getFloat()).isEqualTo(-2.5f);
        }
        assertThat(Files.readString(directory.resolve("config.json")).contains("float16"))
                .isTrue();
    }

    @Test
    void a_weight_that_half_precision_cannot_hold_is_refused_and_the_file_is_kept(@TempDir Path directory)
            throws Exception {
        write(directory, 1f, 1e6f);
        byte[] before = Files.readAllBytes(directory.resolve("model.safetensors"));
        CheckpointException refusal = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> HalfPrecision.halve(directory))
                .actual();
        assertThat(refusal.getMessage().contains("a.weight")).isTrue();
        assertThat(ByteBuffer.wrap(Files.readAllBytes(directory.resolve("model.safetensors"))))
                .isEqualTo(ByteBuffer.wrap(before));
    }

    private static void write(Path directory, float... values) throws Exception {
        long[] shape = {1, values.length};
        long[] padding = {256};
        SafetensorsWriter.write(
                directory.resolve("model.safetensors"),
                List.of(
                        new SafetensorsWriter.Tensor("a.weight", shape, values),
                        new SafetensorsWriter.Tensor("b.weight", padding, new float[256])));
        Files.writeString(directory.resolve("config.json"), "{\"dtype\": \"float32\"}");
    }
}
