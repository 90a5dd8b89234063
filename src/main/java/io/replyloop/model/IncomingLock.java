package io.replyloop.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Beside a directory that is being written: the operating system holds it for the process that writes, and lets go of it
 * when that process ends, however it ends.
 */
final class IncomingLock {
    private static final String SUFFIX = ".lock";

    /** Of this process: to ask for the lock of one's own file would give it away. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private IncomingLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Before the directory is there. Where the file system knows no locks, leftovers are told by their age alone. */
    static IncomingLock of(Path incoming) throws IOException {
        Path file = file(incoming);
        OWN.add(file);
        try {
            return locked(file);
        } catch (IOException | RuntimeException failure) {
            OWN.remove(file);
            throw failure;
        }
    }

    private static IncomingLock locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isOfAnother(channel, file)) {
            channel.close();
            throw new IOException(file + " is locked by another process");
        }
        return new IncomingLock(file, channel);
    }

    private static boolean isOfAnother(FileChannel channel, Path file) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (IOException unknown) {
            Files.deleteIfExists(file);
            return false;
        }
    }

    /**
     * Whether the process that wrote it has ended. Not known, and so not true, of directories of versions that had no lock.
     *
     * @param entry the directory, or a lock without one
     */
    static boolean isLeft(Path entry) throws IOException {
        Path file = isLock(entry) ? entry : file(entry);
        if (OWN.contains(file) || isLock(entry) && Files.exists(directory(entry))) {
            // With its directory, or not at all.
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /** What is left of the lock after its directory. */
    static void delete(Path entry) throws IOException {
        Files.deleteIfExists(isLock(entry) ? entry : file(entry));
    }

    private static boolean isLock(Path entry) {
        return entry.getFileName().toString().endsWith(SUFFIX);
    }

    private static Path directory(Path lock) {
        String name = lock.getFileName().toString();
        return lock.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static Path file(Path incoming) {
        return incoming.resolveSibling(incoming.getFileName() + SUFFIX);
    }

    void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            channel.close();
            OWN.remove(file);
        }
    }
}
