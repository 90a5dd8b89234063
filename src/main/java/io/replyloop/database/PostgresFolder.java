package io.replyloop.database;

import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What the folder of an embedded server holds beside the cluster: the lock that says whose it is, and the password. */
final class PostgresFolder {
    private PostgresFolder() {}

    /** The password of the database, made with the first call. */
    static String password(Path folder) {
        Path file = folder.resolve("password");
        try {
            Files.createDirectories(folder);
            String known = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!known.isEmpty()) {
                return known;
            }
            if (Files.exists(folder.resolve("cluster"))) {
                throw new IOException(file + " is missing or empty. Put it back from a backup: without it nobody can"
                        + " read the database beside it");
            }
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            String fresh = HexFormat.of().formatHex(secret);
            writePrivately(file, fresh);
            return fresh;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Cannot read or write " + file + ". " + ServerLog.explanation(failure, folder), failure);
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        // On the disk before it has its name, or a power cut leaves an empty file.
        Files.writeString(fresh, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        WholeFile.put(fresh, file);
    }

    /** @throws IOException where another process holds the folder */
    static FileLock lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new IOException("Another Replyloop is running on the folder " + folder
                    + ". Stop it, or give this one another folder with replyloop.data-dir.");
        }
        return held;
    }
}
