package io.replyloop.bert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that {@code torch::jit::load} reads: a ZIP of stored entries with the
 * source, and a protocol-2 pickle of one object of the class {@code __torch__.Network}. It holds no tensor; weights are
 * passed to the module afterwards.
 */
final class TorchScriptArchive {
    /** The operator schemas that the source is written against; {@code gelu(x, approximate)} needs 10. */
    private static final String VERSION = "10\n";

    private TorchScriptArchive() {}

    /** @param attributes Integer, Double, String, Boolean; an empty array stands for an empty list, null for None */
    static byte[] pack(String source, Map<String, Object> attributes) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            store(zip, "network/data.pkl", pickle(attributes));
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

    private static byte[] pickle(Map<String, Object> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80); // PROTO
        out.write(2);
        out.writeBytes("c__torch__\nNetwork\n".getBytes(StandardCharsets.UTF_8)); // GLOBAL
        out.write(')'); // EMPTY_TUPLE
        out.write(0x81); // NEWOBJ
        out.write('}'); // EMPTY_DICT
        out.write('('); // MARK
        attributes.forEach((name, value) -> {
            text(out, name);
            value(out, value);
        });
        out.write('u'); // SETITEMS
        out.write('b'); // BUILD
        out.write('.'); // STOP
        return out.toByteArray();
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        if (value == null) {
            out.write('N');
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer number) {
            out.write('J');
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(number)
                    .array());
        } else if (value instanceof Double number) {
            out.write('G');
            out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof String text) {
            text(out, text);
        } else if (value instanceof Object[] list && list.length == 0) {
            out.write(']');
        } else {
            throw new IllegalArgumentException("cannot be pickled: " + value);
        }
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
