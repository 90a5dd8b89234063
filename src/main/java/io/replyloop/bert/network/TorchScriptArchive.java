package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that {@code torch::jit::load} reads: a ZIP of stored entries with the
 * source, and a protocol-2 pickle of one object of the class {@code __torch__.Network}. The built-in network contains
 * its settings but no tensors: its weights are passed to it afterwards. Other objects may contain tensors.
 */
final class TorchScriptArchive {
    /** The version of operator schemas that the source uses; {@code gelu(x, approximate)} needs 10. */
    private static final String VERSION = "10\n";

    private TorchScriptArchive() {}

    /** An object of a class defined by the source, as the value of an attribute. */
    record Instance(String type, Map<String, Object> attributes) {}

    /**
     * @param attributes Integer, Double, String, Boolean, an {@link Instance}, or an fp32 tensor, which is a parameter
     *     if the source lists it as one; an empty array stands for an empty list, null for None
     */
    static byte[] pack(String source, Map<String, Object> attributes) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            List<float[]> storages = new ArrayList<>();
            store(zip, "network/data.pkl", pickle(attributes, storages));
            for (int i = 0; i < storages.size(); i++) {
                store(zip, "network/data/" + i, littleEndian(storages.get(i)));
            }
            store(zip, "network/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "network/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "network/version", VERSION.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] pickle(Map<String, Object> attributes, List<float[]> storages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80); // PROTO
        out.write(2);
        instance(out, new Instance("Network", attributes), storages);
        out.write('.'); // STOP
        return out.toByteArray();
    }

    private static void instance(ByteArrayOutputStream out, Instance instance, List<float[]> storages) {
        global(out, "__torch__", instance.type());
        out.write(')'); // EMPTY_TUPLE
        out.write(0x81); // NEWOBJ
        out.write('}'); // EMPTY_DICT
        out.write('('); // MARK
        instance.attributes().forEach((name, value) -> {
            text(out, name);
            value(out, value, storages);
        });
        out.write('u'); // SETITEMS
        out.write('b'); // BUILD
    }

    private static void value(ByteArrayOutputStream out, Object value, List<float[]> storages) {
        if (value == null) {
            out.write('N');
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer number) {
            integer(out, number);
        } else if (value instanceof Double number) {
            out.write('G');
            out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof String text) {
            text(out, text);
        } else if (value instanceof SafetensorsWriter.Tensor tensor) {
            tensor(out, tensor, storages);
        } else if (value instanceof Instance instance) {
            instance(out, instance, storages);
        } else if (value instanceof Object[] list && list.length == 0) {
            out.write(']');
        } else {
            throw new IllegalArgumentException("cannot be pickled: " + value);
        }
    }

    /** {@code torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}. */
    private static void tensor(ByteArrayOutputStream out, SafetensorsWriter.Tensor tensor, List<float[]> storages) {
        global(out, "torch._utils", "_rebuild_tensor_v2");
        out.write('(');
        out.write('(');
        text(out, "storage");
        global(out, "torch", "FloatStorage");
        text(out, Integer.toString(storages.size()));
        text(out, "cpu");
        integer(out, tensor.values().length);
        out.write('t'); // TUPLE
        out.write('Q'); // BINPERSID
        storages.add(tensor.values());
        integer(out, 0);
        long[] strides = new long[tensor.shape().length];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= tensor.shape()[i];
        }
        for (long[] numbers : List.of(tensor.shape(), strides)) {
            out.write('(');
            for (long number : numbers) {
                integer(out, Math.toIntExact(number));
            }
            out.write('t');
        }
        out.write(0x89); // NEWFALSE
        global(out, "collections", "OrderedDict");
        out.write(')');
        out.write('R'); // REDUCE
        out.write('t');
        out.write('R');
    }

    private static void global(ByteArrayOutputStream out, String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void integer(ByteArrayOutputStream out, int number) {
        out.write('J'); // BININT
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.writeBytes(bytes);
    }
}
