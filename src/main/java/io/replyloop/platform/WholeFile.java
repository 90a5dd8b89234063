package io.replyloop.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that exist completely or not at all, even if the process is killed. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes a short text, replacing the previous one; creates the folder if necessary. */
    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new");
        Files.writeString(fresh, text);
        put(fresh, file);
    }

    /** Moves a file that was written under another name in the same folder into place. */
    public static void put(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
