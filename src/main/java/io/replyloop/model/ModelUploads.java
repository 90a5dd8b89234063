package io.replyloop.model;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.platform.FileHashes;
import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WholeFile;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Models that admins bring as archives, in parts, because a request is short. What has come lies in a staging folder
 * beside the versions, which every node sees; it becomes a version only when it is whole and checked: files first, under
 * their final name in one step, the row last. Whatever a crash leaves behind is deleted at a later start.
 */
@Singleton
public class ModelUploads {
    private static final Logger LOG = Logger.getLogger(ModelUploads.class);

    /** Bytes of a part, but for the last. */
    static final int PART = 8 << 20;

    private static final String STAGING = ModelDirectory.INCOMING + "upload-";
    private static final String CHECKING = ModelDirectory.INCOMING + "checked-";
    private static final String ARCHIVE = "archive";
    private static final String NOTE = "upload.json";
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(6);
    private static final int HASH_DIGITS = 12;

    record Note(String file, long bytes, UUID by) {}

    private final ModelRegistry registry;
    private final UploadedModels models;
    private final UploadConfig config;
    /** A network is loaded to be checked; one at a time is enough for the memory of a server. */
    private final Semaphore check = new Semaphore(1);

    ModelUploads(ModelRegistry registry, UploadedModels models, UploadConfig config) {
        this.registry = registry;
        this.models = models;
        this.config = config;
    }

    void atStart(@Observes StartupEvent start) throws IOException {
        sweep(Instant.now());
    }

    /** Deletes what was never finished, and directories that were put in place without becoming a version. */
    void sweep(Instant now) throws IOException {
        if (!Files.isDirectory(registry.folder())) {
            return;
        }
        List<String> known = models.directories();
        try (Stream<Path> entries = Files.list(registry.folder())) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                boolean unfinished = name.startsWith(STAGING) || name.startsWith(CHECKING);
                boolean orphan = name.startsWith(UploadedModels.PREFIX) && !known.contains(name);
                boolean old = Files.getLastModifiedTime(entry).toInstant().isBefore(now.minus(FORGOTTEN_AFTER));
                if ((unfinished || orphan) && old) {
                    LOG.infof("An upload that was not finished is deleted: %s", name);
                    ModelDirectory.delete(entry);
                }
            }
        }
    }

    /** @return the id of the upload */
    UUID begin(String file, long bytes, UUID agent) throws IOException {
        if (bytes > config.longest().asLongValue()) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "The archive has more than " + (config.longest().asLongValue() >> 20)
                            + " MiB, which is the limit.");
        }
        Files.createDirectories(registry.folder());
        sweep(Instant.now());
        requireRoom(bytes);
        UUID id = UUID.randomUUID();
        Path folder = Files.createDirectory(registry.folder().resolve(STAGING + id));
        Files.createFile(folder.resolve(ARCHIVE));
        WholeFile.write(folder.resolve(NOTE), Json.MAPPER.writeValueAsString(new Note(plain(file), bytes, agent)));
        return id;
    }

    private void requireRoom(long bytes) throws IOException {
        try (Stream<Path> entries = Files.list(registry.folder())) {
            long underWay = entries.filter(
                            entry -> entry.getFileName().toString().startsWith(STAGING))
                    .count();
            if (underWay >= config.atOnce()) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        underWay + " uploads are under way already. Wait until one is finished, or cancel it.");
            }
        }
        // The archive, what is unpacked, and the version itself lie there for a moment.
        long free = Files.getFileStore(registry.folder()).getUsableSpace();
        if (free < 3 * bytes) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "The model folder has " + (free >> 20) + " MiB free; this archive takes up to " + (3 * bytes >> 20)
                            + ". Free some room first.");
        }
    }

    /** @return how much has come */
    long append(UUID id, long offset, InputStream body) throws IOException {
        Path folder = folder(id);
        Note note = note(folder);
        byte[] part = body.readNBytes(PART + 1);
        if (part.length > PART) {
            throw new Problem(ProblemCode.TOO_LARGE, "A part has at most " + (PART >> 20) + " MiB.");
        }
        try (FileChannel archive = FileChannel.open(folder.resolve(ARCHIVE), StandardOpenOption.WRITE)) {
            long size = archive.size();
            if (offset != size) {
                throw new Problem(ProblemCode.CONFLICT, size + " bytes have come so far; the next part begins there.");
            }
            if (size + part.length > note.bytes) {
                throw new Problem(ProblemCode.TOO_LARGE, "More has come than the upload was to have.");
            }
            ByteBuffer left = ByteBuffer.wrap(part);
            while (left.hasRemaining()) {
                archive.write(left, offset + left.position());
            }
        }
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        return offset + part.length;
    }

    void cancel(UUID id) {
        ModelDirectory.delete(folder(id));
    }

    /** Checks what has come, and makes it a version; or deletes it and says why not. */
    ModelSummary finish(UUID id) throws IOException {
        Path folder = folder(id);
        Note note = note(folder);
        if (Files.size(folder.resolve(ARCHIVE)) != note.bytes) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    Files.size(folder.resolve(ARCHIVE)) + " of " + note.bytes
                            + " bytes have come. Send the rest first.");
        }
        Path checked = registry.folder().resolve(CHECKING + id);
        WholeFile.put(folder, checked);
        check.acquireUninterruptibly();
        try {
            return register(note, checked);
        } finally {
            check.release();
            ModelDirectory.delete(checked);
        }
    }

    private ModelSummary register(Note note, Path checked) throws IOException {
        Path archive = checked.resolve(ARCHIVE);
        String sha256 = FileHashes.sha256(archive);
        Path files = Files.createDirectory(checked.resolve("files"));
        UploadedArchive.unpack(archive, files, config.longest().asLongValue());
        Files.delete(archive);
        requireModel(files);
        ModelSource source = ModelSource.directory(files);
        String contents = source.sha256();
        UploadedModels.Origin origin = new UploadedModels.Origin(note.by, note.file, sha256);
        Optional<ModelVersionView> known = registry.byHash(contents);
        if (known.isPresent()) {
            return bringBack(known.get(), origin, source);
        }
        String name = UploadedModels.PREFIX + contents.substring(0, HASH_DIGITS) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        ModelDirectory.Installed installed = ModelDirectory.install(registry.folder(), name, source::copyInto);
        try {
            UUID id = models.register(installed, origin);
            return registry.summary(id);
        } catch (RuntimeException failure) {
            ModelDirectory.delete(installed.directory());
            throw failure;
        }
    }

    /** The files of a version that had lost them; they are the same, since their hashes are. */
    private ModelSummary bringBack(ModelVersionView known, UploadedModels.Origin origin, ModelSource source)
            throws IOException {
        if (registry.summary(known.id()).filesRemovedAt() == null) {
            throw UploadedArchive.refused("These files are model " + known.number() + " already. Nothing was added.");
        }
        ModelDirectory.install(
                registry.folder(), known.directory().getFileName().toString(), source::copyInto);
        models.bringBack(known, origin);
        return registry.summary(known.id());
    }

    /** Reads all of it once, as it would be to serve, before it has a row. */
    private void requireModel(Path files) {
        if (!Files.isRegularFile(files.resolve("config.json"))) {
            throw UploadedArchive.refused("config.json is missing: this is no model directory in Hugging Face layout.");
        }
        try (CrossEncoder model = CrossEncoder.open(files, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))) {
            int labels = model.info().labels();
            if (labels > 2) {
                throw UploadedArchive.refused(
                        "config.json: a ranking model has one label or two, and this one has " + labels + ".");
            }
        } catch (Problem refused) {
            throw refused;
        } catch (RuntimeException broken) {
            throw UploadedArchive.refused("The model cannot be loaded: " + withoutFolder(broken.getMessage(), files));
        }
        try {
            registry.requireUsable(files);
        } catch (Problem unusable) {
            throw UploadedArchive.refused(withoutFolder(unusable.getMessage(), files));
        }
    }

    private static String withoutFolder(String message, Path files) {
        return String.valueOf(message).replace(files + "/", "").replace(files.toString(), "the directory");
    }

    private Path folder(UUID id) {
        Path folder = registry.folder().resolve(STAGING + id);
        if (!Files.isDirectory(folder)) {
            throw Problem.notFound("upload");
        }
        return folder;
    }

    private static Note note(Path folder) throws IOException {
        return Json.MAPPER.readValue(folder.resolve(NOTE).toFile(), Note.class);
    }

    private static String plain(String file) {
        String name = file.replaceAll(".*[/\\\\]", "")
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
                .strip();
        return name.isEmpty() ? "archive" : name.substring(0, Math.min(name.length(), 200));
    }
}
