package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes the weights of a checkpoint in IEEE half precision, which halves the file size; readers widen them again. */
public final class HalfPrecision {

    private static final String WEIGHTS = "model.safetensors";

    private HalfPrecision() {}

    /** Converts a directory with a single {@code model.safetensors}, and records the type in its config. */
    public static void halve(Path directory) throws IOException {
        Path file = directory.resolve(WEIGHTS);
        Path halved = directory.resolve(WEIGHTS + ".half");
        try (SafetensorsFile weights = SafetensorsFile.open(file);
                OutputStream out = Files.newOutputStream(halved)) {
            List<SafetensorsFile.Entry> entries = List.copyOf(weights.entries().values());
            out.write(header(entries));
            for (SafetensorsFile.Entry entry : entries) {
                out.write(half(entry.name(), weights.readFloats(entry)));
            }
        }
        Files.move(halved, file, StandardCopyOption.REPLACE_EXISTING);
        Path config = directory.resolve("config.json");
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(config.toFile());
        json.put("dtype", "float16");
        Json.PRETTY.writeValue(config.toFile(), json);
    }

    private static byte[] header(List<SafetensorsFile.Entry> entries) {
        ObjectNode header = Json.MAPPER.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (SafetensorsFile.Entry entry : entries) {
            ObjectNode node = header.putObject(entry.name()).put("dtype", "F16");
            long count = 1;
            node.putArray("shape");
            for (long size : entry.shape()) {
                node.withArray("shape").add(size);
                count *= size;
            }
            node.putArray("data_offsets").add(offset).add(offset + 2 * count);
            offset += 2 * count;
        }
        return SafetensorsWriter.start(header).array();
    }

    private static byte[] half(String name, ByteBuffer floats) {
        ByteBuffer halves = ByteBuffer.allocate(floats.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            float value = floats.getFloat();
            short half = toHalf(value);
            if (Float.isInfinite(SafetensorsFile.halfToFloat(half)) && !Float.isInfinite(value)) {
                throw new CheckpointException(name + ": the weight " + value + " is too large for half precision");
            }
            halves.putShort(half);
        }
        return halves.array();
    }

    /** The nearest half, ties to even (IEEE 754); Java has this since version 20. */
    static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        float magnitude = Math.abs(value);
        if (magnitude >= 65520f) {
            return (short) (sign | 0x7C00);
        }
        // The spacing of halves depends on their exponent, but is at least 2^-24.
        int exponent = Math.max(Math.getExponent(magnitude), -14);
        double units = Math.rint(magnitude * Math.scalb(1.0, 10 - exponent));
        int significand = (int) units;
        // A carry out of the significand correctly increments the exponent.
        int encoded = significand < 0x400 && exponent == -14 ? significand : ((exponent + 14) << 10) + significand;
        return (short) (sign | encoded);
    }
}
