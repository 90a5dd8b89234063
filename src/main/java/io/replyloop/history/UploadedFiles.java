package io.replyloop.history;

import io.replyloop.platform.ApplicationFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Files on their way, on the node that they came to: until all of them that is kept has been masked and stored. */
@ApplicationScoped
class UploadedFiles {
    private static final String END = ".upload";
    private static final String UNFINISHED = ".part";

    private final Path folder;

    UploadedFiles(ApplicationFolder files) {
        folder = files.folder("history");
    }

    /** Whole, or not at all. */
    void store(UUID id, InputStream file) {
        Path part = folder.resolve(id + UNFINISHED);
        try {
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, path(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("The uploaded file cannot be written to " + folder, failure);
        }
    }

    HistoryFile of(UUID id) {
        return new HistoryFile(path(id));
    }

    /** The imports whose files this node has. */
    List<UUID> here() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(END))
                    .map(name -> UUID.fromString(name.substring(0, name.length() - END.length())))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The uploaded files in " + folder + " cannot be listed", failure);
        }
    }

    void delete(UUID id) {
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException failure) {
            throw new UncheckedIOException("The uploaded file " + path(id) + " cannot be deleted", failure);
        }
    }

    private Path path(UUID id) {
        return folder.resolve(id + END);
    }
}
