package io.replyloop.attachment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files of many kinds, made by code. */
public final class TestFiles {
    private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private TestFiles() {}

    /** Red on the left and blue on the right. */
    public static byte[] picture(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** One pixel. */
    public static byte[] webp() {
        return Base64.getDecoder().decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=");
    }

    /** A square in a few kilobytes, whatever it shows. */
    public static byte[] webp(int edge) {
        int part = 20_000;
        ByteBuffer webp = ByteBuffer.allocate(30 + 2 * part).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(webp(), 0, 39);
        webp.putInt(4, webp.capacity() - 8).putInt(16, webp.capacity() - 20);
        // The first part of two; its length is in the upper bits.
        int tag = 0x10 | part << 5;
        webp.put(20, (byte) tag).put(21, (byte) (tag >> 8)).put(22, (byte) (tag >> 16));
        return webp.putShort(26, (short) edge).putShort(28, (short) edge).array();
    }

    /** With an Exif segment that says how the camera was held, and where. */
    public static byte[] photo(int width, int height, int orientation) {
        byte[] jpeg = picture("jpeg", width, height);
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4 + 40);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
        exif.putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        exif.put("GPS 52.5200N 13.4050E".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer segment = ByteBuffer.allocate(4 + exif.capacity());
        segment.put((byte) 0xFF)
                .put((byte) 0xE1)
                .putShort((short) (2 + exif.capacity()))
                .put(exif.array());
        return joined(Arrays.copyOf(jpeg, 2), segment.array(), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] pdf(String body) {
        return text("%PDF-1.7\n" + body + "\n%%EOF\n");
    }

    /** @param entries name, contents, name, contents … */
    public static byte[] zip(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int index = 0; index < entries.length; index += 2) {
                zip.putNextEntry(new ZipEntry(entries[index]));
                zip.write(text(entries[index + 1]));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** One that unpacks to so many mebibytes of nothing. */
    public static byte[] zipBomb(String entry, int mebibytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            byte[] nothing = new byte[1 << 20];
            for (int index = 0; index < mebibytes; index++) {
                zip.write(nothing);
            }
            zip.closeEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** A PNG that is all header, and as large as it says. */
    public static byte[] pngOfSize(int width, int height, byte[]... chunks) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put(new byte[] {8, 3, 0, 0, 0});
        byte[] png = joined(PNG_HEAD, chunk("IHDR", header.array()), chunk("PLTE", new byte[] {1, 2, 3}));
        for (byte[] chunk : chunks) {
            png = joined(png, chunk);
        }
        return joined(png, chunk("IDAT", deflated(new byte[0], 0)), chunk("IEND", new byte[0]));
    }

    public static byte[] chunk(String type, byte[] contents) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(contents);
        ByteBuffer chunk = ByteBuffer.allocate(12 + contents.length);
        chunk.putInt(contents.length).put(name).put(contents).putInt((int) check.getValue());
        return chunk.array();
    }

    /** A few bytes that unpack to a prefix and so many mebibytes of zeros. */
    public static byte[] deflated(byte[] prefix, int mebibytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED))) {
            packed.write(prefix);
            byte[] nothing = new byte[1 << 20];
            for (int index = 0; index < mebibytes; index++) {
                packed.write(nothing);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
