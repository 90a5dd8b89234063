package io.replyloop.model;

import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The uploads under way, as folders beside the versions: every node sees them, and a crash leaves nothing that is not
 * taken away later. Whatever changes hands is renamed first, in one step: of two who want it, one gets it and the other
 * finds nothing.
 */
final class UploadFolders {
    private static final Logger LOG = Logger.getLogger(UploadFolders.class);

    private static final String STAGING = ModelDirectory.INCOMING + "upload-";
    private static final String CHECKING = ModelDirectory.INCOMING + "checked-";
    private static final String ENDED = ".ended-";
    private static final String ARCHIVE = "archive";
    private static final String NOTE = "upload.json";

    /** An upload that still gets parts gets one within minutes, since a request is not longer. */
    static final Duration IDLE = Duration.ofMinutes(15);

    /** The node that checks one touches its folder several times a minute. */
    static final Duration DEAD = Duration.ofMinutes(3);

    /** How long a repeated question finds out how a check ended; and a directory may wait for its row. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    /** @param begun as ISO 8601 */
    record Note(String file, long bytes, UUID by, String begun) {}

    /** How a check ended: a model, or a code and a reason. */
    record Ended(UUID model, ProblemCode code, String reason) {}

    record UnderWay(UUID id, Note note, long received, boolean checking) {}

    private final Path root;

    UploadFolders(Path root) {
        this.root = root;
    }

    Path create(UUID id, Note note) throws IOException {
        Files.createDirectories(root);
        Path folder = Files.createDirectory(root.resolve(STAGING + id));
        Files.createFile(archive(folder));
        WholeFile.write(folder.resolve(NOTE), Json.MAPPER.writeValueAsString(note));
        return folder;
    }

    /** @throws Problem {@code not-found} unless it is still being sent */
    Path coming(UUID id) {
        Path folder = root.resolve(STAGING + id);
        if (!Files.isDirectory(folder)) {
            throw Problem.notFound("upload");
        }
        return folder;
    }

    static Path archive(Path folder) {
        return folder.resolve(ARCHIVE);
    }

    static Note note(Path folder) throws IOException {
        try {
            return Json.MAPPER.readValue(folder.resolve(NOTE).toFile(), Note.class);
        } catch (FileNotFoundException cancelledMeanwhile) {
            throw Problem.notFound("upload");
        }
    }

    /** Parts come no more; from now on one check has it. */
    Path takeForCheck(UUID id) throws IOException {
        Path checked = root.resolve(CHECKING + id);
        if (!renamed(coming(id), checked)) {
            throw Problem.notFound("upload");
        }
        touch(checked);
        return checked;
    }

    boolean isBeingChecked(UUID id) {
        return Files.isDirectory(root.resolve(CHECKING + id));
    }

    /** Says to all nodes that it is still being checked. */
    void stillChecked(UUID id) {
        try {
            touch(root.resolve(CHECKING + id));
        } catch (IOException failure) {
            LOG.debugf("The check of upload %s has ended meanwhile: %s", id, failure);
        }
    }

    void ended(UUID id, Ended how) throws IOException {
        WholeFile.write(root.resolve(ENDED + id), Json.MAPPER.writeValueAsString(how));
    }

    Optional<Ended> ended(UUID id) throws IOException {
        Path note = root.resolve(ENDED + id);
        return Files.isRegularFile(note)
                ? Optional.of(Json.MAPPER.readValue(note.toFile(), Ended.class))
                : Optional.empty();
    }

    /** @return whether it was there */
    boolean cancel(UUID id) throws IOException {
        return delete(coming(id));
    }

    boolean delete(Path entry) throws IOException {
        Path gone = root.resolve(ModelDirectory.GONE + UUID.randomUUID());
        if (!renamed(entry, gone)) {
            return false;
        }
        ModelDirectory.delete(gone);
        return true;
    }

    List<UnderWay> underWay() throws IOException {
        List<UnderWay> all = new ArrayList<>();
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            boolean checking = name.startsWith(CHECKING);
            if (checking || name.startsWith(STAGING)) {
                try {
                    String id = name.substring((checking ? CHECKING : STAGING).length());
                    Note note = note(entry);
                    long received = checking ? note.bytes : Files.size(archive(entry));
                    all.add(new UnderWay(UUID.fromString(id), note, received, checking));
                } catch (Problem | NoSuchFileException justEndedOrBegun) {
                    LOG.debugf("%s is not under way: %s", name, justEndedOrBegun);
                }
            }
        }
        return all;
    }

    /** Every folder takes up a place, also one whose note cannot be read. */
    long count() throws IOException {
        return entries().stream()
                .map(entry -> entry.getFileName().toString())
                .filter(name -> name.startsWith(STAGING) || name.startsWith(CHECKING))
                .count();
    }

    /**
     * Deletes what gets no more parts, what no node checks any more, directories that are no version, and what runs that are
     * over have half made.
     *
     * @param runs that are not over
     */
    void sweep(Instant now, List<String> versions, Set<UUID> runs) throws IOException {
        ModelDirectory.sweep(root);
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            Duration kept = kept(name, versions, runs);
            if (kept != null && changed(entry).isBefore(now.minus(kept)) && delete(entry) && !name.startsWith(ENDED)) {
                LOG.infof("An upload that was not finished is deleted: %s", name);
            }
        }
    }

    private static Duration kept(String name, List<String> versions, Set<UUID> runs) {
        if (name.startsWith(ModelDirectory.OF_RUN)) {
            boolean isOver = runs.stream().noneMatch(run -> name.equals(ModelDirectory.OF_RUN + run));
            // A worker hears within moments that its run is over, and may be writing until then.
            return isOver ? IDLE : null;
        }
        if (name.startsWith(STAGING)) {
            return IDLE;
        }
        if (name.startsWith(CHECKING)) {
            return DEAD;
        }
        boolean isOrphan = name.startsWith(UploadedModels.PREFIX) && !versions.contains(name);
        return isOrphan || name.startsWith(ENDED) ? REMEMBERED : null;
    }

    private List<Path> entries() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }

    private static Instant changed(Path entry) throws IOException {
        try {
            return Files.getLastModifiedTime(entry).toInstant();
        } catch (NoSuchFileException gone) {
            return Instant.MAX;
        }
    }

    static void touch(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    }

    private static boolean renamed(Path from, Path to) throws IOException {
        try {
            WholeFile.put(from, to);
            return true;
        } catch (NoSuchFileException othersWereFirst) {
            return false;
        }
    }
}
