package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, then the tensors without gap or overlap. The whole
 * header is checked before any number is read.
 *
 * <p>Reads through a channel instead of mapping the file: if another process truncates a mapped file, the JVM is
 * killed.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final long HEADER_LIMIT = 100_000_000;
    private static final int CHUNK = 1 << 20;
    private static final ObjectReader HEADER = Json.MAPPER
            .reader()
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A tensor in the file; {@code begin} is relative to the start of the file. */
    public record Entry(String name, String type, long[] shape, long begin, long end) {
        public long count() {
            long count = 1;
            for (long size : shape) {
                count *= size;
            }
            return count;
        }
    }

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Entry> entries;

    private SafetensorsFile(Path path, FileChannel channel, Map<String, Entry> entries) {
        this.path = path;
        this.channel = channel;
        this.entries = entries;
    }

    public static SafetensorsFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(path + ": there is no such file; copy the whole model directory");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            SafetensorsFile file = new SafetensorsFile(path, channel, readHeader(path, channel));
            channel = null;
            return file;
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e.getMessage(), e);
        } finally {
            closeQuietly(channel);
        }
    }

    public Map<String, Entry> entries() {
        return entries;
    }

    public Path path() {
        return path;
    }

    /** The numbers of a tensor stored as F32, F16 or BF16, as fp32 in native byte order. */
    public ByteBuffer readFloats(Entry entry) {
        long count = entry.count();
        if (count > Integer.MAX_VALUE / Float.BYTES) {
            throw new CheckpointException(
                    path + ": tensor '" + entry.name() + "' has " + count + " numbers, more than fit one buffer");
        }
        ByteBuffer floats = ByteBuffer.allocateDirect((int) count * Float.BYTES).order(ByteOrder.nativeOrder());
        FloatBuffer target = floats.asFloatBuffer();
        int size = (int) Math.min(CHUNK, entry.end() - entry.begin());
        ByteBuffer chunk = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        // An array, because what the quick compiler makes of reading a buffer number by number is slow.
        float[] values = new float[size / Short.BYTES];
        long position = entry.begin();
        while (position < entry.end()) {
            chunk.clear().limit((int) Math.min(size, entry.end() - position));
            position += fill(chunk, position, entry.name());
            int read = numbers(entry, chunk.flip(), values);
            requireFinite(entry, values, read, target.position());
            target.put(values, 0, read);
        }
        return floats;
    }

    /** Returns how many there are. */
    private int numbers(Entry entry, ByteBuffer chunk, float[] into) {
        if (entry.type().equals("F32")) {
            int count = chunk.remaining() / Float.BYTES;
            chunk.asFloatBuffer().get(into, 0, count);
            return count;
        }
        short[] halves = new short[chunk.remaining() / Short.BYTES];
        chunk.asShortBuffer().get(halves);
        switch (entry.type()) {
            case "BF16" -> {
                for (int i = 0; i < halves.length; i++) {
                    into[i] = Float.intBitsToFloat(halves[i] << 16);
                }
            }
            case "F16" -> {
                for (int i = 0; i < halves.length; i++) {
                    into[i] = halfToFloat(halves[i]);
                }
            }
            default ->
                throw new CheckpointException(path + ": tensor '" + entry.name() + "' is of type " + entry.type()
                        + "; convert the checkpoint to F32, F16 or BF16");
        }
        return halves.length;
    }

    private void requireFinite(Entry entry, float[] values, int count, int before) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CheckpointException(path + ": tensor '" + entry.name() + "' holds " + values[i] + " at place "
                        + (before + i) + "; the training that made it went astray, or the file is damaged");
            }
        }
    }

    private int fill(ByteBuffer chunk, long position, String tensor) {
        int total = chunk.remaining();
        long at = position;
        try {
            while (chunk.hasRemaining()) {
                int read = channel.read(chunk, at);
                if (read < 0) {
                    throw new CheckpointException(
                            path + ": ends inside tensor '" + tensor + "'; the file changed while it was read");
                }
                at += read;
            }
        } catch (IOException e) {
            throw new CheckpointException(path + ": tensor '" + tensor + "' cannot be read: " + e.getMessage(), e);
        }
        return total;
    }

    /** IEEE 754 binary16; Java 17 has no {@code Float.float16ToFloat}. */
    public static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent != 0) {
            return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
        }
        float magnitude = fraction * 0x1p-24f;
        return sign == 0 ? magnitude : -magnitude;
    }

    private static Map<String, Entry> readHeader(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw new CheckpointException(
                    path + ": is " + size + " bytes long and no safetensors file; download it again");
        }
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        readFully(path, channel, length, 0);
        long headerLength = length.getLong(0);
        if (headerLength < 2 || headerLength > HEADER_LIMIT || headerLength > size - 8) {
            throw new CheckpointException(path + ": claims a header of " + Long.toUnsignedString(headerLength)
                    + " bytes in a file of " + size + "; it is damaged or truncated, download it again");
        }
        ByteBuffer text = ByteBuffer.allocate((int) headerLength);
        readFully(path, channel, text, 8);
        JsonNode header;
        try {
            header = HEADER.readTree(new String(text.array(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    path + ": the header is not valid JSON (" + e.getOriginalMessage()
                            + "); the file is damaged, download it again",
                    e);
        }
        if (!header.isObject()) {
            throw new CheckpointException(
                    path + ": the header is not a JSON object; the file is damaged, download it again");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(path, field.getKey(), field.getValue(), 8 + headerLength));
            }
        }
        requireNoGaps(path, entries, 8 + headerLength, size);
        return entries;
    }

    private static void readFully(Path path, FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            int read = channel.read(target, position + target.position());
            if (read < 0) {
                throw new CheckpointException(path + ": ends inside the header; download it again");
            }
        }
    }

    private static Entry entry(Path path, String name, JsonNode node, long dataStart) {
        JsonNode sizes = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("dtype").isTextual()
                || !sizes.isArray()
                || sizes.size() > 8
                || !offsets.isArray()
                || offsets.size() != 2) {
            throw new CheckpointException(path + ": tensor '" + name
                    + "' is described without dtype, shape and data_offsets; the file is damaged, download it again");
        }
        long[] shape = new long[sizes.size()];
        long bytes = width(path, name, node.path("dtype").asText());
        try {
            for (int i = 0; i < shape.length; i++) {
                shape[i] = whole(sizes.get(i));
                bytes = Math.multiplyExact(bytes, shape[i]);
            }
            long begin = whole(offsets.get(0));
            long end = whole(offsets.get(1));
            if (end < begin || end - begin != bytes) {
                throw new CheckpointException(
                        path + ": tensor '" + name + "' needs " + bytes + " bytes but has offsets " + begin + " to "
                                + end + "; the file is damaged, download it again");
            }
            return new Entry(
                    name,
                    node.path("dtype").asText(),
                    shape,
                    Math.addExact(dataStart, begin),
                    Math.addExact(dataStart, end));
        } catch (ArithmeticException e) {
            throw new CheckpointException(
                    path + ": tensor '" + name
                            + "' has sizes or offsets that are no sensible numbers; the file is damaged",
                    e);
        }
    }

    private static long whole(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            throw new ArithmeticException("not a whole number: " + node);
        }
        return node.asLong();
    }

    private static long width(Path path, String name, String type) {
        return switch (type) {
            case "F64", "I64", "U64" -> 8;
            case "F32", "I32", "U32" -> 4;
            case "F16", "BF16", "I16", "U16" -> 2;
            case "I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2" -> 1;
            default ->
                throw new CheckpointException(path + ": tensor '" + name + "' is of the unknown type '" + type
                        + "'; convert the checkpoint to F32");
        };
    }

    private static void requireNoGaps(Path path, Map<String, Entry> entries, long start, long size) {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        for (Entry entry : entries.values()) {
            if (entry.end() > size) {
                throw new CheckpointException(path + ": tensor '" + entry.name() + "' reaches byte " + entry.end()
                        + " of a file of " + size + "; it is truncated, download it again");
            }
        }
        long at = start;
        for (Entry entry : sorted) {
            if (entry.begin() != at) {
                throw new CheckpointException(path + ": tensor '" + entry.name() + "' "
                        + (entry.begin() < at ? "overlaps the one before it" : "leaves a gap before it")
                        + "; the file is damaged, download it again");
            }
            at = entry.end();
        }
        if (at != size) {
            throw new CheckpointException(path + ": " + (size - at)
                    + " bytes follow the last tensor; the file is damaged, download it again");
        }
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The original failure matters more than a failure to close a file that was only read.
                System.getLogger(SafetensorsFile.class.getName()).log(System.Logger.Level.DEBUG, "close failed", e);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
