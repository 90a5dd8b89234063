package io.replyloop.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Recognises a file by its contents alone. What is none of the known kinds, or may run programs, is nothing: markup, such
 * as HTML and SVG, and documents with macros.
 */
final class FileSniffer {
    private static final int BUFFER = 8192;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final int LONGEST_MEDIA_TYPE = 100;

    private FileSniffer() {}

    static Optional<FileKind> kindOf(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(16);
        }
        if (begins(head, 0, PNG)) {
            return Optional.of(FileKind.PNG);
        } else if (begins(head, 0, JPEG)) {
            return Optional.of(FileKind.JPEG);
        } else if (begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")) {
            return Optional.of(FileKind.GIF);
        } else if (begins(head, 0, "RIFF") && begins(head, 8, "WEBP")) {
            return Optional.of(FileKind.WEBP);
        } else if (begins(head, 0, "%PDF-")) {
            return Optional.of(FileKind.PDF);
        } else if (begins(head, 0, ZIP)) {
            return zipped(file);
        }
        return isPlainText(file) ? Optional.of(FileKind.TEXT) : Optional.empty();
    }

    private static boolean begins(byte[] head, int at, String ascii) {
        return begins(head, at, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean begins(byte[] head, int at, byte[] expected) {
        if (head.length < at + expected.length) {
            return false;
        }
        for (int index = 0; index < expected.length; index++) {
            if (head[at + index] != expected[index]) {
                return false;
            }
        }
        return true;
    }

    /** Reads the directory and at most a hundred bytes of the contents, so it does not matter to how much they unpack. */
    private static Optional<FileKind> zipped(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> names = new HashSet<>();
            zip.stream().map(ZipEntry::getName).forEach(names::add);
            boolean macros = names.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .anyMatch(name -> name.endsWith("vbaproject.bin")
                            || name.startsWith("basic/")
                            || name.startsWith("scripts/"));
            if (macros) {
                return Optional.empty();
            }
            if (names.contains("[Content_Types].xml")) {
                return office(names);
            }
            ZipEntry mediaType = zip.getEntry("mimetype");
            return mediaType == null ? Optional.of(FileKind.ZIP) : openDocument(zip, mediaType);
        } catch (IllegalArgumentException | IOException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<FileKind> office(Set<String> names) {
        if (names.contains("word/document.xml")) {
            return Optional.of(FileKind.DOCX);
        } else if (names.contains("xl/workbook.xml")) {
            return Optional.of(FileKind.XLSX);
        }
        return names.contains("ppt/presentation.xml") ? Optional.of(FileKind.PPTX) : Optional.empty();
    }

    private static Optional<FileKind> openDocument(ZipFile zip, ZipEntry mediaType) throws IOException {
        try (InputStream in = zip.getInputStream(mediaType)) {
            String said = new String(in.readNBytes(LONGEST_MEDIA_TYPE), StandardCharsets.US_ASCII).strip();
            return Set.of(FileKind.ODT, FileKind.ODS, FileKind.ODP).stream()
                    .filter(kind -> kind.mediaType().equals(said))
                    .findFirst();
        }
    }

    /**
     * Text in any encoding that has ASCII's control characters, which is all but UTF-16 and UTF-32. Whatever begins like a
     * tag is markup: it would run once it is opened from somebody's disk.
     */
    private static boolean isPlainText(Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        StringBuilder beginning = new StringBuilder();
        boolean visible = false;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                for (int index = 0; index < read; index++) {
                    int one = buffer[index] & 0xFF;
                    if (one < ' ' && "\t\n\r\f".indexOf(one) < 0 || one == 0x7F) {
                        return false;
                    }
                    // A byte order mark is not visible either.
                    boolean mark = !visible && (one == 0xEF || one == 0xBB || one == 0xBF);
                    if (beginning.length() < 2 && one > ' ' && !mark) {
                        visible = true;
                        beginning.append((char) one);
                    }
                }
            }
        }
        return visible && !isTag(beginning.toString());
    }

    private static boolean isTag(String beginning) {
        if (beginning.length() < 2 || beginning.charAt(0) != '<') {
            return false;
        }
        char next = beginning.charAt(1);
        return "!?/%".indexOf(next) >= 0 || next < 0x80 && Character.isLetter(next);
    }
}
