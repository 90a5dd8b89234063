package io.replyloop.attachment;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Lets the operator's program look at each file before it can be sent. What is still to be scanned stands in the database,
 * so a restart forgets nothing; a program that fails is asked again, and until it has answered nobody gets the file.
 */
@Singleton
class AttachmentScans {
    private static final Logger LOG = Logger.getLogger(AttachmentScans.class);
    private static final int AT_ONCE = 2;
    private static final int CLEAN = 0;
    private static final int INFECTED = 1;

    /** Longer than a scan can take, or a second one would begin beside it. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final AttachmentService attachments;
    private final List<String> command;
    private final Duration within;
    private final Path folder;
    private final ExecutorService pool = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(AT_ONCE),
            DaemonThreads.named("attachment-scan"),
            // There are enough that look for work already.
            new ThreadPoolExecutor.DiscardPolicy());

    @Inject
    AttachmentScans(AttachmentService attachments, AttachmentConfig config, ApplicationFolder application) {
        this(attachments, config.scanCommand().orElse(List.of()), config.scanWithin(), application);
    }

    AttachmentScans(
            AttachmentService attachments, List<String> command, Duration within, ApplicationFolder application) {
        this.attachments = attachments;
        this.command = command;
        this.within = within;
        folder = application.folder("attachments-sent");
    }

    boolean areWanted() {
        return !command.isEmpty();
    }

    void wake() {
        if (areWanted()) {
            pool.execute(this::work);
        }
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        wake();
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }

    private void work() {
        try {
            Optional<UUID> next = attachments.takeForScan(within.plus(MARGIN));
            while (next.isPresent()) {
                scan(next.get());
                next = attachments.takeForScan(within.plus(MARGIN));
            }
        } catch (IOException | RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                LOG.debugf("Attachments are scanned later: %s", failure.getMessage());
            } else {
                LOG.error("An attachment could not be scanned, and will be tried again", failure);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void scan(UUID id) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "scan-", "");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                attachments.write(id, out);
            }
            int status = status(file);
            if (status == CLEAN || status == INFECTED) {
                attachments.scanned(id, status == CLEAN);
            }
            if (status == INFECTED) {
                LOG.warnf("The scan has refused attachment %s, which was deleted", id);
            } else if (status != CLEAN) {
                LOG.warnf("%s ended with %d for attachment %s, which is tried again", command.get(0), status, id);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The exit status; -1 if it took too long. */
    private int status(Path file) throws IOException, InterruptedException {
        Process scan = new ProcessBuilder(command)
                .redirectInput(file.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return scan.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? scan.exitValue() : -1;
        } finally {
            scan.destroyForcibly();
        }
    }
}
