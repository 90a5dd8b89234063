package io.replyloop.model;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditRequest;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.FileHashes;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.RepeatedTask;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Models that admins bring as archives, in parts, because a request is short. What has come lies in a folder beside the
 * versions, which every node sees; it becomes a version only when it is whole and checked: files first, under their final
 * name in one step, the row last. A check takes longer than a connection may: it goes on by itself, and whoever asks
 * again learns how it ended.
 */
@Singleton
public class ModelUploads {
    private static final Logger LOG = Logger.getLogger(ModelUploads.class);

    /** Bytes of a part, but for the last. */
    static final int PART = 8 << 20;

    private static final String FILES = "files";
    private static final int HASH_DIGITS = 12;
    private static final int ALIVE_SECONDS = 20;

    private final ModelRegistry registry;
    private final UploadedModels models;
    private final UploadConfig config;
    private final AuditRequest request;
    private final UploadFolders folders;
    private final Map<UUID, CompletableFuture<UploadFolders.Ended>> underCheck = new ConcurrentHashMap<>();
    /** A network is loaded to be checked; one at a time is enough for the memory of a server. */
    final ExecutorService checks = Executors.newSingleThreadExecutor(DaemonThreads.named("model-check"));

    private final ScheduledExecutorService alive =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("model-check-alive"));

    private final Instance<ModelsInUse> uses;

    ModelUploads(
            ModelRegistry registry,
            UploadedModels models,
            UploadConfig config,
            AuditRequest request,
            @Any Instance<ModelsInUse> uses) {
        this.uses = uses;
        this.registry = registry;
        this.models = models;
        this.config = config;
        this.request = request;
        folders = new UploadFolders(registry.folder());
    }

    void atStart(@Observes StartupEvent start) throws IOException {
        sweep(Instant.now());
        RepeatedTask.every(
                Duration.ofSeconds(ALIVE_SECONDS),
                alive,
                () -> underCheck.keySet().forEach(folders::stillChecked));
    }

    @PreDestroy
    void atEnd() {
        checks.shutdown();
        alive.shutdownNow();
    }

    /** What a killed server, or a page that was closed, has left behind takes up disk space. */
    @Scheduled(every = "15m", delayed = "15m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweepNow() throws IOException {
        sweep(Instant.now());
    }

    void sweep(Instant now) throws IOException {
        Set<UUID> runs = uses.stream().flatMap(use -> use.runs().stream()).collect(Collectors.toSet());
        folders.sweep(now, models.directories(), runs);
    }

    /** @return the id of the upload */
    synchronized UUID begin(String file, long bytes, UUID agent) throws IOException {
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
        folders.create(
                id,
                new UploadFolders.Note(
                        plain(file),
                        bytes,
                        agent,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        return id;
    }

    private void requireRoom(long bytes) throws IOException {
        long underWay = folders.count();
        if (underWay >= config.atOnce()) {
            String which = underWay().stream()
                    .map(one -> UploadedArchive.shown(one.note().file()) + " since "
                            + one.note().begun()
                            + (one.checking() ? ", which is being checked" : ""))
                    .collect(Collectors.joining("; "));
            throw new Problem(
                    ProblemCode.CONFLICT,
                    underWay + " uploads are under way already: " + which + ". Wait until one is finished, or cancel"
                            + " it. One that gets no parts for " + UploadFolders.IDLE.toMinutes()
                            + " minutes gives way by itself.");
        }
        // The archive, and what is unpacked, which may be larger.
        long free = Files.getFileStore(registry.folder()).getUsableSpace();
        if (free < 3 * bytes) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "The model folder has " + (free >> 20) + " MiB free; this archive takes up to " + (3 * bytes >> 20)
                            + ". Free some room first.");
        }
    }

    List<UploadFolders.UnderWay> underWay() throws IOException {
        return folders.underWay();
    }

    /** @return how much has come */
    long append(UUID id, long offset, InputStream body) throws IOException {
        Path folder = folders.coming(id);
        UploadFolders.Note note = UploadFolders.note(folder);
        byte[] part = body.readNBytes(PART + 1);
        if (part.length > PART) {
            throw new Problem(ProblemCode.TOO_LARGE, "A part has at most " + (PART >> 20) + " MiB.");
        }
        try {
            write(folder, note, offset, part);
        } catch (NoSuchFileException cancelledMeanwhile) {
            throw Problem.notFound("upload");
        }
        return offset + part.length;
    }

    /** One at a time, so that two parts for one place do not mix. */
    private synchronized void write(Path folder, UploadFolders.Note note, long offset, byte[] part) throws IOException {
        try (FileChannel archive = FileChannel.open(UploadFolders.archive(folder), StandardOpenOption.WRITE)) {
            long size = archive.size();
            if (offset != size) {
                throw new Problem(ProblemCode.CONFLICT, size + " bytes have come so far; the next part begins there.");
            }
            if (size + part.length > note.bytes()) {
                throw new Problem(ProblemCode.TOO_LARGE, "More has come than the upload was to have.");
            }
            ByteBuffer left = ByteBuffer.wrap(part);
            while (left.hasRemaining()) {
                archive.write(left, offset + left.position());
            }
        }
        UploadFolders.touch(folder);
    }

    void cancel(UUID id) throws IOException {
        if (!folders.cancel(id)) {
            throw Problem.notFound("upload");
        }
    }

    /**
     * Has it checked and made a version; what is refused is deleted. To ask again does nothing but wait for the answer.
     *
     * @return empty if it is still being checked after that time
     * @throws Problem why it was refused
     */
    Optional<ModelSummary> finish(UUID id, Duration patience) throws IOException {
        CompletableFuture<UploadFolders.Ended> check = underCheck.get(id);
        if (check == null) {
            if (folders.isBeingChecked(id)) {
                // By another node; or by one that died, whose upload is given up in a moment.
                sweep(Instant.now());
                return Optional.empty();
            }
            // Last, because a check writes down how it ended before its folder goes.
            Optional<UploadFolders.Ended> ended = folders.ended(id);
            if (ended.isPresent()) {
                return Optional.of(told(ended.get()));
            }
            check = begun(id);
        }
        try {
            return Optional.of(told(check.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException stillGoing) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private CompletableFuture<UploadFolders.Ended> begun(UUID id) throws IOException {
        Path folder = folders.coming(id);
        UploadFolders.Note note = UploadFolders.note(folder);
        long size = received(folder);
        if (size != note.bytes()) {
            throw new Problem(
                    ProblemCode.CONFLICT, size + " of " + note.bytes() + " bytes have come. Send the rest first.");
        }
        Actor actor = request.isThere() ? request.signedIn().orElse(Actor.VISITOR) : Actor.SYSTEM;
        String address = request.isThere() ? request.address().orElse(null) : null;
        Path checked = folders.takeForCheck(id);
        CompletableFuture<UploadFolders.Ended> check = new CompletableFuture<>();
        underCheck.put(id, check);
        checks.execute(() -> {
            try {
                check.complete(ended(id, note, checked, new UploadedModels.By(actor, address)));
            } catch (IOException | RuntimeException | Error failure) {
                check.completeExceptionally(failure);
            } finally {
                underCheck.remove(id);
            }
        });
        return check;
    }

    private static long received(Path folder) throws IOException {
        try {
            return Files.size(UploadFolders.archive(folder));
        } catch (NoSuchFileException cancelledMeanwhile) {
            throw Problem.notFound("upload");
        }
    }

    private UploadFolders.Ended ended(UUID id, UploadFolders.Note note, Path checked, UploadedModels.By by)
            throws IOException {
        UploadFolders.Ended ended;
        try {
            ended = new UploadFolders.Ended(register(note, checked, by), null, null);
        } catch (Problem refused) {
            ended = new UploadFolders.Ended(null, refused.code(), refused.getMessage());
        } catch (IOException | RuntimeException | Error failure) {
            LOG.errorf(failure, "The check of the upload %s failed", note.file());
            ended = new UploadFolders.Ended(
                    null,
                    ProblemCode.UNAVAILABLE,
                    "The archive could not be checked; the server's log says why. Make sure that there is enough disk"
                            + " space and memory, and upload it again.");
        }
        // What takes room goes first, because the disk may be full; the folder says until the end that it is checked.
        ModelDirectory.delete(UploadFolders.archive(checked));
        ModelDirectory.delete(checked.resolve(FILES));
        folders.ended(id, ended);
        folders.delete(checked);
        return ended;
    }

    private ModelSummary told(UploadFolders.Ended ended) {
        if (ended.model() == null) {
            throw new Problem(ended.code(), ended.reason());
        }
        return registry.summary(ended.model());
    }

    private UUID register(UploadFolders.Note note, Path checked, UploadedModels.By by) throws IOException {
        Path archive = UploadFolders.archive(checked);
        String sha256 = FileHashes.sha256(archive);
        Path files = Files.createDirectory(checked.resolve(FILES));
        UploadedArchive.unpack(archive, files, config.longest().asLongValue());
        Files.delete(archive);
        UploadedFiles.requireModel(files);
        requireUsable(files);
        ModelSource source = ModelSource.directory(files);
        String contents = source.sha256();
        UploadedModels.Origin origin = new UploadedModels.Origin(note.by(), note.file(), sha256, by);
        Optional<ModelVersionView> known = registry.byHash(contents);
        if (known.isPresent()) {
            return bringBack(known.get(), origin, source, files);
        }
        String name = UploadedModels.PREFIX + contents.substring(0, HASH_DIGITS) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        ModelDirectory.Installed installed =
                ModelDirectory.install(registry.folder(), name, place -> move(source, files, place));
        try {
            return models.register(installed, origin);
        } catch (RuntimeException failure) {
            ModelDirectory.delete(installed.directory());
            throw failure;
        }
    }

    /** What belongs to a model; the rest is deleted with the upload. */
    private static void move(ModelSource source, Path files, Path place) throws IOException {
        for (String name : source.files().keySet()) {
            Files.move(files.resolve(name), place.resolve(name));
        }
    }

    /** The files of a version that had lost them; they are the same, since their hashes are. */
    private UUID bringBack(ModelVersionView known, UploadedModels.Origin origin, ModelSource source, Path files)
            throws IOException {
        if (registry.summary(known.id()).filesRemovedAt() == null) {
            throw UploadedArchive.refused("These files are model " + known.number() + " already. Nothing was added.");
        }
        ModelDirectory.install(
                registry.folder(), known.directory().getFileName().toString(), place -> move(source, files, place));
        models.bringBack(known, origin);
        return known.id();
    }

    private void requireUsable(Path files) {
        try {
            registry.requireUsable(files);
        } catch (Problem unusable) {
            throw UploadedArchive.refused(UploadedFiles.withoutFolder(unusable.getMessage(), files));
        }
    }

    private static String plain(String file) {
        String name = file.replaceAll(".*[/\\\\]", "")
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
                .strip();
        return name.isEmpty() ? "archive" : name.substring(0, Math.min(name.length(), 200));
    }
}
