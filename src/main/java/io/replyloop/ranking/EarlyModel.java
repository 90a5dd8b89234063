package io.replyloop.ranking;

import io.quarkus.runtime.ShutdownEvent;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.NativeEngine;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelFolder;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.WholeFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Opens the model that served last while the application is still starting. Only the database knows which model serves,
 * and it is among the last components to come up, whereas reading a network and finding the fastest way to run it takes
 * almost as long as the rest of the start. The model opened here is used only if it turns out to be the champion and
 * its files are the registered ones; otherwise it is closed again.
 */
@Singleton
class EarlyModel {
    private static final Logger LOG = Logger.getLogger(EarlyModel.class);

    /** A file in the model folder that contains the name of the directory that served last. */
    static final String NOTE = ".served-last";

    private final Path folder;
    private final CrossEncoderOptions options;
    private final Executor background;
    private CompletableFuture<OpenModel> opening = CompletableFuture.completedFuture(null);
    private Path directory;

    @Inject
    EarlyModel(ModelFolder folder, RankingConfig config, ApplicationFolder files) {
        this(folder.path(), config.options(), task -> {
            Thread thread = DaemonThreads.start("early-model", task);
        });
        NativeEngine.rememberIn(files.root());
    }

    EarlyModel(Path folder, CrossEncoderOptions options, Executor background) {
        this.folder = folder;
        this.options = options;
        this.background = background;
    }

    /** Runs once the beans exist, before the first access to the database. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {
        begin();
    }

    synchronized void begin() {
        Optional<Path> last = servedLast();
        if (last.isPresent()) {
            directory = last.get();
            opening = CompletableFuture.supplyAsync(() -> OpenModel.open(directory, options), background);
        }
    }

    /**
     * Returns the model of this directory if it has been opened ahead with the same options, and closes any other. The
     * caller has checked the directory's files and will close the model.
     */
    synchronized Optional<OpenModel> take(Path wanted, CrossEncoderOptions asked) {
        CompletableFuture<OpenModel> begun = opening;
        opening = CompletableFuture.completedFuture(null);
        if (!wanted.equals(directory) || !asked.equals(options)) {
            begun.thenAccept(EarlyModel::close);
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(begun.join());
        } catch (CompletionException failure) {
            // The regular opening reports it.
            LOG.debugf(failure, "%s could not be opened ahead", wanted);
            return Optional.empty();
        }
    }

    /** Remembers the model for the next start. */
    void served(Path model) {
        if (servedLast().filter(model::equals).isPresent()) {
            return;
        }
        try {
            WholeFile.write(folder.resolve(NOTE), model.getFileName().toString());
        } catch (IOException failure) {
            LOG.warnf("Could not write %s; the next start will take longer (%s)", folder.resolve(NOTE), failure);
        }
    }

    /** Skips TorchScript: it is a program, and its files have not been compared with the registered ones yet. */
    private Optional<Path> servedLast() {
        try {
            Path note = folder.resolve(NOTE);
            if (!Files.isRegularFile(note)) {
                return Optional.empty();
            }
            Path last = ModelDirectory.resolve(folder, Files.readString(note).strip());
            return Files.isDirectory(last) && CrossEncoder.isCheckpoint(last) ? Optional.of(last) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            LOG.debugf(unreadable, "Cannot determine which model served last");
            return Optional.empty();
        }
    }

    synchronized void atEnd(@Observes ShutdownEvent event) {
        opening.thenAccept(EarlyModel::close);
    }

    private static void close(OpenModel model) {
        if (model != null) {
            model.close();
        }
    }
}
