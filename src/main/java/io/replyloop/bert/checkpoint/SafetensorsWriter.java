package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes fp32 tensors as one safetensors file, with the metadata that Python's transformers expects. */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 20;

    public record Tensor(String name, long[] shape, float[] values) {}

    private SafetensorsWriter() {}

    /**
     * Writes a new file and forces it to disk before returning.
     *
     * @throws CheckpointException naming the tensor that contains a number that is not finite
     */
    public static void write(Path path, List<Tensor> tensors) throws IOException {
        ObjectNode header = Json.MAPPER.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (Tensor tensor : tensors) {
            requireFinite(path, tensor);
            ObjectNode node = header.putObject(tensor.name()).put("dtype", "F32");
            for (long size : tensor.shape()) {
                node.withArray("shape").add(size);
            }
            if (tensor.shape().length == 0) {
                node.putArray("shape");
            }
            long end = offset + (long) tensor.values().length * Float.BYTES;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            writeFully(channel, start(header));
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            for (Tensor tensor : tensors) {
                for (float value : tensor.values()) {
                    if (!chunk.hasRemaining()) {
                        writeFully(channel, chunk.flip());
                        chunk.clear();
                    }
                    chunk.putFloat(value);
                }
            }
            writeFully(channel, chunk.flip());
            channel.force(true);
        }
    }

    private static void requireFinite(Path path, Tensor tensor) {
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw new CheckpointException(path + ": is not written, because tensor '" + tensor.name()
                        + "' would hold " + value + ": the training went astray; try a lower learning rate");
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The header, preceded by its length. */
    static ByteBuffer start(ObjectNode header) {
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        // Padded with spaces so that the tensors start at a multiple of eight bytes.
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer start = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(text);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        return start.flip();
    }
}
