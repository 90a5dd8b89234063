package io.replyloop.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all, whenever the process dies. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes a short text, in place of the one before; the folder is made if there is none. */
    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new");
        Files.writeString(fresh, text);
        put(fresh, file);
    }

    /** What has been written under another name, in the same folder, takes its place. */
    public static void put(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
