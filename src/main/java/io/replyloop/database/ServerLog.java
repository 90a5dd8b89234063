package io.replyloop.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The output of PostgreSQL's programs since a given moment, and how to fix the problems in it. */
final class ServerLog {
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_LINES = 4;

    /** PostgreSQL's write-ahead log grows by files of this size. */
    private static final long NEEDED_SPACE = 16L << 20;

    private final Path file;
    private final long from;

    /** Kinds of trouble, recognised by messages of PostgreSQL or the operating system, the most specific first. */
    enum Trouble {
        DISK_FULL(
                List.of("No space left on device", "Disk quota exceeded"),
                "The disk is full. Free some space on it, or move the data folder to a larger one."),
        OTHER_VERSION(
                List.of("database files are incompatible with server", "was initialized by PostgreSQL version"),
                "Another version of PostgreSQL made this data folder. Start the version of Replyloop that last used it,"
                        + " copy the database with pg_dump, and read the copy into a new folder."),
        STILL_RUNNING(
                List.of("is still in use", "lock file \"postmaster.pid\" already exists"),
                "A PostgreSQL is still running on this data folder. Stop it."),
        NO_RIGHTS(
                List.of("Permission denied", "wrong ownership", "invalid permissions", "Read-only file system"),
                "The user that runs Replyloop must own the data folder and may write to it (on Linux: chown -R)."),
        PORT_TAKEN(
                List.of("Address already in use", "could not bind"),
                "Another program took the port; a new start takes another one."),
        NO_MEMORY(
                List.of("Cannot allocate memory", "could not map anonymous shared memory", "out of memory"),
                "There is not enough memory. Give Replyloop's machine or container more."),
        OTHER(List.of(), "");

        private final List<String> words;
        private final String advice;

        Trouble(List<String> words, String advice) {
            this.words = words;
            this.advice = advice;
        }

        String advice() {
            return advice;
        }

        /** Whether another attempt will fail in the same way, no matter when. */
        boolean stays() {
            return this == OTHER_VERSION || this == NO_RIGHTS;
        }

        static Trouble in(String text) {
            for (Trouble trouble : values()) {
                if (trouble.words.stream().anyMatch(text::contains)) {
                    return trouble;
                }
            }
            return OTHER;
        }
    }

    private ServerLog(Path file, long from) {
        this.file = file;
        this.from = from;
    }

    static ServerLog fromNowOn(Path file) throws IOException {
        return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    Path file() {
        return file;
    }

    Trouble trouble() {
        return Trouble.in(text());
    }

    /** The lines that contain the reason, and the remedy. */
    String explanation() {
        List<String> said = text().lines()
                .filter(line -> line.contains("FATAL:")
                        || line.contains("PANIC:")
                        || line.contains("DETAIL:")
                        || line.contains("error:"))
                // The others are answers to clients that connected too early.
                .filter(line -> !line.contains("the database system is"))
                .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|DETAIL|error):", "$1:"))
                .toList();
        String last = String.join(" ", said.subList(Math.max(0, said.size() - MOST_LINES), said.size()));
        return (last + " " + trouble().advice() + " Its log is " + file).strip();
    }

    /** The same for Java's errors about files. */
    static String explanation(IOException failure, Path folder) {
        String message = String.valueOf(failure.getMessage());
        Trouble trouble = failure instanceof AccessDeniedException ? Trouble.NO_RIGHTS : Trouble.in(message);
        if (trouble == Trouble.OTHER && isFull(folder)) {
            trouble = Trouble.DISK_FULL;
        }
        String advice = message.contains(trouble.advice) ? "" : " " + trouble.advice;
        return message + "." + advice + " The data folder is " + folder + "; replyloop.data-dir names another one.";
    }

    /** On a full disk, there is no room for the log line either. */
    static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < NEEDED_SPACE;
        } catch (IOException unknown) {
            return false;
        }
    }

    private String text() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(from, log.length() - MOST_BYTES);
            log.seek(start);
            byte[] bytes = new byte[(int) (log.length() - start)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException noLog) {
            return "";
        }
    }
}
