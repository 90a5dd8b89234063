package io.replyloop.attachment;

import java.awt.geom.AffineTransform;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a camera was held, in the order of Exif's values from 1 on. */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    LEFT_MIRRORED,
    LEFT,
    RIGHT_MIRRORED,
    RIGHT;

    private static final int EXIF_SEGMENT = 0xFFE1;
    private static final int PICTURE = 0xFFDA;
    private static final String EXIF = "Exif\0\0";
    private static final short LITTLE_ENDIAN = 0x4949;
    private static final short TAG = 0x0112;
    private static final int ENTRY = 12;

    /** Upright where the file does not say anything else, or nothing that can be read. */
    static Orientation of(Path jpeg) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(jpeg)))) {
            in.readShort();
            int marker = in.readUnsignedShort();
            while (marker >> 8 == 0xFF && marker != PICTURE) {
                int length = in.readUnsignedShort() - 2;
                if (marker != EXIF_SEGMENT) {
                    in.skipNBytes(Math.max(0, length));
                } else {
                    byte[] segment = in.readNBytes(Math.max(0, length));
                    if (new String(segment, StandardCharsets.ISO_8859_1).startsWith(EXIF)) {
                        return ofExif(ByteBuffer.wrap(segment, EXIF.length(), segment.length - EXIF.length())
                                .slice());
                    }
                }
                marker = in.readUnsignedShort();
            }
            return UPRIGHT;
        } catch (IOException | IndexOutOfBoundsException unreadable) {
            return UPRIGHT;
        }
    }

    /** A directory of TIFF: its place stands at 4, then come the number of entries, and entries of twelve bytes. */
    private static Orientation ofExif(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int index = 0; index < entries; index++) {
            int entry = directory + 2 + ENTRY * index;
            if (tiff.getShort(entry) == TAG) {
                return ofExif(tiff.getShort(entry + 8));
            }
        }
        return UPRIGHT;
    }

    private static Orientation ofExif(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    /** Whether width and height change places. */
    boolean lies() {
        return ordinal() >= LEFT_MIRRORED.ordinal();
    }

    /** Sets a picture of this size upright, its corner at 0, 0. */
    AffineTransform turn(int width, int height) {
        return switch (this) {
            case UPRIGHT -> new AffineTransform();
            case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
            case UPSIDE_DOWN_MIRRORED -> new AffineTransform(1, 0, 0, -1, 0, height);
            case LEFT_MIRRORED -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case LEFT -> new AffineTransform(0, 1, -1, 0, height, 0);
            case RIGHT_MIRRORED -> new AffineTransform(0, -1, -1, 0, height, width);
            case RIGHT -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }
}
