package io.replyloop.bert.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfPrecisionTest {

    @Test
    void everyHalfSurvivesTheWayThereAndBack() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = SafetensorsFile.halfToFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertEquals((short) bits, HalfPrecision.toHalf(value), "half " + Integer.toHexString(bits));
            }
        }
    }

    @Test
    void whatLiesBetweenGoesToTheNearestAndTiesToTheEvenOne() {
        assertEquals(0x3C00, HalfPrecision.toHalf(1f));
        assertEquals(0x3C00, HalfPrecision.toHalf(1f + 1f / 2048));
        assertEquals(0x3C02, HalfPrecision.toHalf(1f + 3f / 2048));
        assertEquals(0x3C01, HalfPrecision.toHalf(1f + 1.01f / 2048));
        assertEquals(0x0001, HalfPrecision.toHalf(0x1p-24f));
        assertEquals(0x0000, HalfPrecision.toHalf(0x1p-25f));
        assertEquals(0x4000, HalfPrecision.toHalf(1.9999f));
        assertEquals((short) 0x7C00, HalfPrecision.toHalf(65520f));
        assertEquals((short) 0x7BFF, HalfPrecision.toHalf(65519f));
        assertEquals((short) 0xFC00, HalfPrecision.toHalf(Float.NEGATIVE_INFINITY));
    }

    @Test
    void aHalvedCheckpointHasTheSameTensors(@TempDir Path directory) throws Exception {
        write(directory, 0.1f, -2.5f);
        long before = Files.size(directory.resolve("model.safetensors"));
        HalfPrecision.halve(directory);
        assertTrue(Files.size(directory.resolve("model.safetensors")) < before);
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            SafetensorsFile.Entry entry = file.entries().get("a.weight");
            assertEquals("F16", entry.type());
            ByteBuffer values = file.readFloats(entry);
            assertEquals(0.1f, values.getFloat(), 1e-4f);
            assertEquals(-2.5f, values.getFloat());
        }
        assertTrue(Files.readString(directory.resolve("config.json")).contains("float16"));
    }

    @Test
    void aWeightThatHalfPrecisionCannotHoldIsRefusedAndTheFileIsKept(@TempDir Path directory) throws Exception {
        write(directory, 1f, 1e6f);
        byte[] before = Files.readAllBytes(directory.resolve("model.safetensors"));
        CheckpointException refusal = assertThrows(CheckpointException.class, () -> HalfPrecision.halve(directory));
        assertTrue(refusal.getMessage().contains("a.weight"));
        assertEquals(
                ByteBuffer.wrap(before), ByteBuffer.wrap(Files.readAllBytes(directory.resolve("model.safetensors"))));
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
