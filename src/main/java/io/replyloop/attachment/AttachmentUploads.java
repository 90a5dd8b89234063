package io.replyloop.attachment;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.FileHashes;
import io.replyloop.platform.LimitedInputStream;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WrittenFile;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes a file in: to the disk, where it is weighed, recognised and made into pictures without a transaction; then into
 * the store in one. Only what is committed is answered.
 */
@Singleton
public class AttachmentUploads {
    private static final Logger LOG = Logger.getLogger(AttachmentUploads.class);

    private final AttachmentConfig config;
    private final AttachmentService attachments;
    private final AttachmentScans scans;
    private final UploadVolume volume;
    private final Pictures pictures;
    private final Path folder;
    private final Path answers;

    AttachmentUploads(
            AttachmentConfig config,
            AttachmentService attachments,
            AttachmentScans scans,
            UploadVolume volume,
            Pictures pictures,
            ApplicationFolder application,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody) {
        if (config.largest().asLongValue() > longestBody.asLongValue()) {
            throw new IllegalStateException("replyloop.attachments.largest is more than"
                    + " quarkus.http.limits.max-body-size allows. Lower the first, or raise the second.");
        }
        this.config = config;
        this.attachments = attachments;
        this.scans = scans;
        this.volume = volume;
        this.pictures = pictures;
        folder = application.folder("attachments-coming");
        answers = application.folder("attachments-sent");
    }

    /** What a killed server has left behind. */
    void atStart(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(answers);
        ComingFiles.clear(folder);
    }

    public long largest() {
        return config.largest().asLongValue();
    }

    /**
     * @param id made by the client, so that a further try finds what the first one stored
     * @param conversation for which an agent uploads it; null for customers
     */
    public UploadView take(Sender sender, UUID id, String name, UUID conversation, InputStream body)
            throws IOException {
        if (!config.enabled()) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "Files cannot be attached here.");
        }
        Path own = Files.createTempDirectory(folder, "upload-");
        try {
            Path file = own.resolve("original");
            long size = Files.copy(new LimitedInputStream(body, largest(), this::tooLarge), file);
            if (size == 0) {
                throw new Problem(ProblemCode.INVALID, "The file is empty.");
            }
            Optional<UploadView> known;
            try (InputStream in = Files.newInputStream(file)) {
                known = attachments.known(sender, id, FileHashes.sha256(in));
            }
            if (known.isPresent()) {
                return known.get();
            }
            if (!sender.isCustomer()) {
                return store(sender, id, name, conversation, file, size);
            }
            UploadVolume.Taken taken = volume.take(sender.id(), size, Instant.now());
            try {
                return store(sender, id, name, null, file, size);
            } catch (IOException | RuntimeException notStored) {
                volume.giveBack(sender.id(), taken);
                throw notStored;
            }
        } finally {
            ComingFiles.delete(own);
        }
    }

    private UploadView store(Sender sender, UUID id, String name, UUID conversation, Path file, long size)
            throws IOException {
        FileKind kind =
                FileSniffer.kindOf(file).filter(config.types()::contains).orElseThrow(this::unsupported);
        Pictures.Shown shown =
                kind.isPicture() ? pictures.of(file, kind, file.getParent()).orElse(null) : null;
        UploadView stored = attachments.store(
                sender,
                new AttachmentService.Incoming(id, conversation, FileName.of(name, kind), kind, size, file, shown),
                scans.areWanted());
        scans.wake();
        return stored;
    }

    private Problem tooLarge() {
        return new Problem(
                ProblemCode.TOO_LARGE, "A file has at most " + (largest() >> 20) + " MiB. Send a smaller one.");
    }

    private Problem unsupported() {
        List<String> known = config.types().stream()
                .sorted()
                .map(kind -> kind.extensions().get(0))
                .toList();
        return new Problem(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "This kind of file cannot be sent. These can: " + String.join(", ", known)
                        + ". What counts is what the file contains, and not its name.");
    }

    /** Files that were never sent. */
    @Scheduled(every = "15m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        DatabaseAway.orLater(
                () -> {
                    while (attachments.deleteUnsent() > 0) {
                        LOG.debug("Attachments that were never sent have been deleted");
                    }
                },
                LOG,
                "attachments that were never sent are deleted later");
    }
}
