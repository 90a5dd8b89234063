package io.replyloop.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SHA-256 of files. Hashes of large files are cached for as long as the file's identity, size and modification time
 * stay the same: the quick compiler, which small machines start with, takes two seconds per hundred megabytes, and the
 * weights of an encoder are checked several times in each start. Anybody who can reset a file's modification time could
 * change the file unnoticed, but could change the application as well.
 */
public final class FileHashes {
    private static final System.Logger LOG = System.getLogger(FileHashes.class.getName());
    private static final int BUFFER = 1 << 20;
    private static final long LARGE = 1 << 20;

    /** A second write within one tick of the clock leaves the modification time unchanged. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The tick of file systems with a resolution of a second. */
    private static final long COARSE_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2_100);

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}\\s*");

    private static volatile Path folder;

    private FileHashes() {}

    /** Sets the folder of the cache; without it, there is none. */
    public static void keepIn(Path remembered) {
        folder = remembered;
    }

    /** Returns hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        return sha256(file, InstantSource.system());
    }

    static String sha256(Path file, InstantSource clock) throws IOException {
        Path notes = folder;
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (notes == null || attributes.size() < LARGE) {
            return computed(file);
        }
        Path note = note(notes, file, attributes);
        long changed = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        String sameFile = attributes.size() + " " + changed + " ";
        String known = read(note);
        if (known.startsWith(sameFile)
                && HASH.matcher(known.substring(sameFile.length())).matches()) {
            return known.substring(sameFile.length()).strip();
        }
        long began = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        String hash = computed(file);
        long tick = changed % TimeUnit.SECONDS.toNanos(1) == 0 ? COARSE_TICK_NANOS : TICK_NANOS;
        if (began - changed > tick) {
            write(note, sameFile + hash + "\n");
        }
        return hash;
    }

    /** Ignores and clears the cached hash; for callers about to report a damaged file. */
    public static String sha256Anew(Path file) throws IOException {
        Path notes = folder;
        if (notes != null) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Files.deleteIfExists(note(notes, file, attributes));
        }
        return sha256(file);
    }

    private static Path note(Path notes, Path file, BasicFileAttributes attributes) {
        Object identity = attributes.fileKey() == null ? file.toAbsolutePath() : attributes.fileKey();
        return notes.resolve(sha256(identity.toString()).substring(0, 24));
    }

    private static String computed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    /** Reads the stream to its end. */
    public static String sha256(InputStream in) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Formats hashes as {@code sha256sum} writes them and {@code sha256sum -c} reads them. */
    public static String list(SortedMap<String, String> hashes) {
        return hashes.entrySet().stream()
                .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static String read(Path note) {
        try {
            return Files.readString(note, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException first) {
            return "";
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "Could not read {0}", note);
            return "";
        }
    }

    private static void write(Path note, String text) {
        try {
            WholeFile.write(note, text);
        } catch (IOException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Could not write {0}; the next start will take longer ({1})",
                    note,
                    failure.getMessage());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
