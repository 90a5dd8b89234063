package io.replyloop.history;

import io.replyloop.platform.ApplicationFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Files on their way, on the node that they came to: until all of them that is kept has been masked and stored. */
@ApplicationScoped
class UploadedFiles {
    private static final String END = ".upload";
    private static final String UNFINISHED = ".part";
    /** No upload stands still for so long. */
    private static final Duration ARRIVAL = Duration.ofHours(1);

    private final Path folder;

    UploadedFiles(ApplicationFolder files) {
        folder = files.folder("history");
    }

    /** Whole, or not at all. */
    void store(UUID id, InputStream file) {
        Path part = folder.resolve(id + UNFINISHED);
        try {
            try {
                Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, path(id), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The uploaded file cannot be written to " + folder, failure);
        }
    }

    /**
     * Deletes what a kill, or another node, has left here: nobody reads it any more, and it is not masked.
     *
     * @param wanted which of these imports are not read yet, and which there are at all
     */
    void deleteLeftovers(Function<List<UUID>, Wanted> wanted) {
        List<UUID> here = here();
        if (!here.isEmpty()) {
            Wanted found = wanted.apply(here);
            for (UUID id : here) {
                // A file comes before its import does.
                if (!found.unread().contains(id) && (found.known().contains(id) || isOld(path(id)))) {
                    delete(id);
                }
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().endsWith(UNFINISHED) && isOld(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The uploaded files in " + folder + " cannot be deleted", failure);
        }
    }

    /** Of some imports, those that are not read yet, and those that there are. */
    record Wanted(Set<UUID> unread, Set<UUID> known) {}

    private static boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(ARRIVAL));
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException("The uploaded file " + file + " cannot be looked at", failure);
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
