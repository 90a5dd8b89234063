package io.replyloop.model;

import io.replyloop.platform.FileHashes;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory of one model version. It is written under a temporary name, sealed (every file's SHA-256 in
 * {@code SHA256SUMS}, which {@code sha256sum -c} can read), synced to disk and renamed, so it is either complete or
 * absent. The SHA-256 of that list is stored in the database and identifies the version; the list itself shows which
 * file of a damaged directory is wrong.
 */
public final class ModelDirectory {
    static final String SUMS = "SHA256SUMS";
    /** Prefix of directories that are being written. */
    public static final String INCOMING = ".incoming-";

    /** Prefix of what a run has made so far, with the run's id. */
    public static final String OF_RUN = INCOMING + "run-";

    /** Prefix of directories that are being deleted, or have given way to another. */
    static final String GONE = ".gone-";

    private static final String REPLACED = ".replaced-";
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    /** Writes the files of a version into a fresh, empty directory. */
    @FunctionalInterface
    public interface Contents {
        void writeInto(Path directory) throws IOException;
    }

    public record Installed(String name, Path directory, String sha256) {}

    private ModelDirectory() {}

    /** Installs a version as {@code folder/name}, replacing an existing directory. */
    public static Installed install(Path folder, String name, Contents contents) throws IOException {
        Path place = resolve(folder, name);
        Files.createDirectories(folder);
        Path incoming = folder.resolve(INCOMING + UUID.randomUUID());
        IncomingLock lock = IncomingLock.of(incoming);
        try {
            Files.createDirectory(incoming);
            contents.writeInto(incoming);
            String sha256 = seal(incoming);
            moveIntoPlace(incoming, place);
            force(folder);
            return new Installed(name, place, sha256);
        } finally {
            delete(incoming);
            lock.close();
        }
    }

    /** The directory of a version; a name from the database or a user cannot lead outside the folder. */
    public static Path resolve(Path folder, String name) {
        Path place = folder.resolve(name).normalize();
        if (!place.startsWith(folder.normalize()) || place.equals(folder.normalize())) {
            throw new Problem(
                    ProblemCode.MODEL_DAMAGED, "The model directory '" + name + "' lies outside the model folder.");
        }
        return place;
    }

    /** Verifies every file against the sealed list, and the list against the version's SHA-256. */
    public static void verify(Path directory, String sha256) {
        if (!Files.isDirectory(directory)) {
            throw damaged(directory, "the directory is missing", null);
        }
        try {
            if (sumsHash(hashes(directory)).equals(sha256)) {
                return;
            }
            // A cached hash may be wrong although the file is intact.
            SortedMap<String, String> present = hashes(directory, FileHashes::sha256Anew);
            if (sumsHash(present).equals(sha256)) {
                return;
            }
            throw damaged(directory, difference(directory, present, sha256), null);
        } catch (IOException failure) {
            throw damaged(directory, "it cannot be read (" + failure.getMessage() + ")", failure);
        }
    }

    /**
     * Deletes what a process that was killed during an installation has left behind: at once where its lock says that it has
     * ended, and after a day where nothing is known of it.
     */
    static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                boolean isGone = name.startsWith(GONE) || name.startsWith(REPLACED);
                if (isGone || name.startsWith(INCOMING) && (IncomingLock.isLeft(entry) || isOlder(entry, limit))) {
                    delete(entry);
                    IncomingLock.delete(entry);
                }
            }
        }
    }

    private static boolean isOlder(Path entry, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(entry).toInstant().isBefore(limit);
        } catch (NoSuchFileException finishedMeanwhile) {
            return false;
        }
    }

    private static String seal(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(SUMS));
        SortedMap<String, String> hashes = hashes(directory);
        Files.writeString(directory.resolve(SUMS), FileHashes.list(hashes));
        try (Stream<Path> everything = Files.walk(directory)) {
            for (Path path : everything.toList()) {
                force(path);
            }
        }
        return sumsHash(hashes);
    }

    private static void moveIntoPlace(Path incoming, Path place) throws IOException {
        if (!Files.exists(place)) {
            WholeFile.put(incoming, place);
            return;
        }
        Path replaced = place.resolveSibling(REPLACED + UUID.randomUUID());
        WholeFile.put(place, replaced);
        WholeFile.put(incoming, place);
        delete(replaced);
    }

    private static String difference(Path directory, SortedMap<String, String> present, String sha256)
            throws IOException {
        Path list = directory.resolve(SUMS);
        if (!Files.isRegularFile(list)) {
            return SUMS + " is missing";
        }
        SortedMap<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(list)) {
            String[] parts = line.split("  ", 2);
            if (parts.length == 2) {
                expected.put(parts[1], parts[0]);
            }
        }
        if (!sumsHash(expected).equals(sha256)) {
            return SUMS + " is not the list that was registered with this version";
        }
        List<String> wrong = Stream.concat(
                        expected.entrySet().stream()
                                .filter(file -> !file.getValue().equals(present.get(file.getKey())))
                                .map(file -> file.getKey()
                                        + (present.containsKey(file.getKey()) ? " has changed" : " is missing")),
                        present.keySet().stream()
                                .filter(file -> !expected.containsKey(file))
                                .map(file -> file + " does not belong there"))
                .toList();
        return String.join(", ", wrong);
    }

    private static Problem damaged(Path directory, String what, Throwable cause) {
        return new Problem(
                ProblemCode.MODEL_DAMAGED,
                "The model directory " + directory.getFileName() + " is damaged: " + what
                        + ". Restore it from a backup, or promote another model.",
                cause);
    }

    private interface Hash {
        String of(Path file) throws IOException;
    }

    private static SortedMap<String, String> hashes(Path directory) throws IOException {
        return hashes(directory, FileHashes::sha256);
    }

    private static SortedMap<String, String> hashes(Path directory, Hash hash) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                boolean leftByDesktop = file.getFileName().toString().startsWith(".");
                if (!name.equals(SUMS) && !leftByDesktop) {
                    hashes.put(name, hash.of(file));
                }
            }
        }
        return hashes;
    }

    static String sumsHash(SortedMap<String, String> hashes) {
        return FileHashes.sha256(FileHashes.list(hashes));
    }

    private static void force(Path path) throws IOException {
        boolean directory = Files.isDirectory(path);
        if (directory && System.getProperty("os.name").startsWith("Windows")) {
            return; // Windows has no handle on a directory to force; its journal orders the rename.
        }
        try (FileChannel channel =
                FileChannel.open(path, directory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Somebody else may be deleting the same. */
    public static void delete(Path tree) {
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
