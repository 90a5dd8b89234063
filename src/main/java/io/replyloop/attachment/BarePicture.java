package io.replyloop.attachment;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Leaves out of a picture what can be seen without: texts, profiles, and whatever else is packed in it. Decoders unpack
 * some of that into memory, and a few kilobytes can unpack to any size.
 */
final class BarePicture {
    private static final Set<String> SEEN_IN_PNG = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final Set<String> SEEN_IN_WEBP = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF");

    /** Flags of a WebP's header that announce a profile, Exif and XMP. */
    private static final int ANNOUNCED = 0x20 | 0x08 | 0x04;

    private static final int BUFFER = 8192;
    private static final int RIFF_HEAD = 8;

    private BarePicture() {}

    /** The file itself, or another one in the folder. */
    static Path of(Path file, FileKind kind, Path folder) throws IOException {
        if (kind != FileKind.PNG && kind != FileKind.WEBP) {
            return file;
        }
        Path bare = folder.resolve("bare");
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(bare)))) {
            if (kind == FileKind.PNG) {
                png(in, out);
            } else {
                webp(in, out);
            }
        }
        if (kind == FileKind.WEBP) {
            try (RandomAccessFile whole = new RandomAccessFile(bare.toFile(), "rw")) {
                whole.seek(RIFF_HEAD / 2);
                whole.writeInt(Integer.reverseBytes((int) whole.length() - RIFF_HEAD));
            }
        }
        return bare;
    }

    /** The signature, then chunks: length, name, contents, checksum. */
    private static void png(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeLong(in.readLong());
        String name = "";
        while (!name.equals("IEND")) {
            int length = in.readInt();
            name = name(in);
            if (length < 0) {
                throw new IOException("A chunk of this PNG has no length");
            }
            if (SEEN_IN_PNG.contains(name)) {
                out.writeInt(length);
                out.writeBytes(name);
                copy(in, out, length + 4L);
            } else {
                in.skipNBytes(length + 4L);
            }
        }
    }

    /** The head, then chunks: name, length, contents, and a byte after an odd number of them. */
    private static void webp(DataInputStream in, DataOutputStream out) throws IOException {
        copy(in, out, RIFF_HEAD + 4L);
        while (in.available() > 0) {
            String name = name(in);
            int length = in.readInt();
            long padded = Integer.toUnsignedLong(Integer.reverseBytes(length)) + 1 & ~1L;
            if (!SEEN_IN_WEBP.contains(name)) {
                in.skipNBytes(padded);
                continue;
            }
            out.writeBytes(name);
            out.writeInt(length);
            if (name.equals("VP8X") && padded > 0) {
                out.writeByte(in.readUnsignedByte() & ~ANNOUNCED);
                padded--;
            }
            copy(in, out, padded);
        }
    }

    private static String name(DataInputStream in) throws IOException {
        byte[] name = new byte[4];
        in.readFully(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static void copy(DataInputStream in, DataOutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int part = (int) Math.min(left, buffer.length);
            in.readFully(buffer, 0, part);
            out.write(buffer, 0, part);
            left -= part;
        }
    }
}
