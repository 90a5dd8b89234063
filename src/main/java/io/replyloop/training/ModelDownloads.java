package io.replyloop.training;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WrittenFile;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Archives of models on their way to admins. Each lies on disk until it has been sent, so a slow reader takes no memory;
 * and there are only so many, so they do not fill the disk.
 */
@Singleton
class ModelDownloads {
    static final int AT_ONCE = 4;
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Path folder;
    /** Packing a large archive takes seconds; one after the other, none is packed beyond the number. */
    private final Semaphore packing = new Semaphore(1);

    ModelDownloads(ApplicationFolder files) {
        folder = files.folder("model-downloads");
    }

    void tidyUp(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(folder);
    }

    /** @throws Problem {@code rate-limited} if too many are being read already */
    WrittenFile archive(ModelVersionView model, String card) throws IOException {
        requireFew();
        if (!mayPack()) {
            throw tooMany();
        }
        try {
            requireFew();
            requireRoom(model.directory());
            return WrittenFile.in(folder, out -> ModelArchive.write(model.directory(), card, out));
        } finally {
            packing.release();
        }
    }

    private boolean mayPack() {
        try {
            return packing.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The files themselves are counted: whichever way a download ends, its file is deleted. */
    private void requireFew() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.count() >= AT_ONCE) {
                throw tooMany();
            }
        }
    }

    private void requireRoom(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < 2 * bytes) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "The data folder has " + (free >> 20) + " MiB free; an archive of this model takes " + (bytes >> 20)
                            + ", and as much should stay free. Free some room first.");
        }
    }

    private static Problem tooMany() {
        return Problem.rateLimited(
                "Models are being downloaded already, as many as can be at once (" + AT_ONCE
                        + "). Wait until one has arrived, and try again.",
                LATER);
    }
}
