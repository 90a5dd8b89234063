package io.replyloop.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Archives as people make them, and as others do. */
final class Archives {
    private Archives() {}

    /** The files of a reference checkpoint, as entries of an archive. */
    static Map<String, byte[]> checkpoint(String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/reference", name))) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String each = file.getFileName().toString();
                if (each.matches("config.json|model.safetensors|tokenizer.*json|vocab.txt")) {
                    files.put(each, Files.readAllBytes(file));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    static Map<String, byte[]> within(String folder, Map<String, byte[]> files) {
        Map<String, byte[]> moved = new LinkedHashMap<>();
        files.forEach((name, content) -> moved.put(folder + "/" + name, content));
        return moved;
    }

    static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
        Map<String, byte[]> more = new LinkedHashMap<>(files);
        more.put(name, content);
        return more;
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    static byte[] zipWithLink(Map<String, byte[]> files, String link) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(link);
            entry.setUnixMode(UnixStat.LINK_FLAG | 0777);
            zip.putArchiveEntry(entry);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
            for (var file : files.entrySet()) {
                zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** An end that says one entry, and as many as these in the list; few bytes each, and all of them one file. */
    static byte[] zipWithLongList(int entries) {
        byte[] name = "config.json".getBytes(StandardCharsets.UTF_8);
        ByteBuffer zip = ByteBuffer.allocate(30 + name.length + entries * (46 + name.length) + 22)
                .order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50).position(30 - 4);
        zip.putShort((short) name.length).putShort((short) 0).put(name);
        int list = zip.position();
        for (int i = 0; i < entries; i++) {
            int entry = zip.position();
            zip.putInt(0x02014b50).position(entry + 28);
            zip.putShort((short) name.length).position(entry + 46);
            zip.put(name);
        }
        int length = zip.position() - list;
        zip.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
        zip.putInt(length).putInt(list).putShort((short) 0);
        return zip.array();
    }

    /** The same archive, its only entry compressed by another method. */
    static byte[] zipByMethod(int method, Map<String, byte[]> file) {
        ByteBuffer zip = ByteBuffer.wrap(zip(file)).order(ByteOrder.LITTLE_ENDIAN);
        zip.putShort(8, (short) method);
        int list = zip.getInt(zip.capacity() - 22 + 16);
        zip.putShort(list + 10, (short) method);
        return zip.array();
    }

    /** A header before the file, such as its long name. */
    static byte[] tarWithHeader(byte type, byte[] header) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("header", type);
            entry.setSize(header.length);
            tar.putArchiveEntry(entry);
            tar.write(header);
            tar.closeArchiveEntry();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** @param link of that name to a file elsewhere; null for none */
    static byte[] tar(Map<String, byte[]> files, String link) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            if (link != null) {
                TarArchiveEntry entry = new TarArchiveEntry(link, TarConstants.LF_SYMLINK);
                entry.setLinkName("/etc/passwd");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            for (var file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
