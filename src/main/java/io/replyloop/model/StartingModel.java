package io.replyloop.model;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.hub.HubDownload;
import io.replyloop.hub.HubException;
import io.replyloop.hub.HubListener;
import io.replyloop.hub.HubModel;
import io.replyloop.hub.HubOptions;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Problem;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Ensures that a model serves from the first start on: the built-in one, or the one configured as
 * {@code replyloop.model.base}. Every start repeats the installation until it has succeeded, and then only verifies it;
 * so an interrupted installation, or a built-in model with missing files, is repaired by the next start.
 */
@ApplicationScoped
class StartingModel {
    private static final Logger LOG = Logger.getLogger(StartingModel.class);

    private final ModelRegistry registry;
    private final ChampionWatch watch;
    private final ModelConfig config;
    private final ExecutorService background = Executors.newSingleThreadExecutor(DaemonThreads.named("model-download"));

    StartingModel(ModelRegistry registry, ChampionWatch watch, ModelConfig config) {
        this.registry = registry;
        this.watch = watch;
        this.config = config;
    }

    void atStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) throws IOException {
        if (config.allowTorchscript()) {
            // Applies to the whole process, and to the training workers, which inherit it.
            System.setProperty(CrossEncoderOptions.ALLOW_TORCHSCRIPT, "true");
        }
        watch.remember();
        ModelDirectory.sweep(registry.folder());
        Optional<ModelSource> builtIn = ModelSource.onClassPath(config.builtIn());
        if (builtIn.isPresent()) {
            useBuiltIn(builtIn.get());
        } else {
            LOG.warn("This build has no built-in model; until one serves, suggestions come only from the first stage");
        }
        config.base().ifPresent(this::useBase);
    }

    /** A release may contain a new built-in model, fitted to its encoder; a model that a team has chosen stays. */
    ModelVersionView useBuiltIn(ModelSource builtIn) throws IOException {
        ModelVersionView version = ensureInstalled(builtIn);
        registry.promoteIfNobodyChose(version.id(), config.base().isEmpty());
        return version;
    }

    void atEnd(@Observes ShutdownEvent end) {
        background.shutdownNow();
    }

    /** A wrong setting must not stop the chat: it is logged, and the previous model continues to serve. */
    void useBase(String base) {
        Optional<HubModel> named = Files.isDirectory(Path.of(base)) ? Optional.empty() : HubModel.parse(base);
        if (named.isEmpty()) {
            useDirectory(base, Path.of(base));
            return;
        }
        HubModel model = named.get();
        Optional<Path> fetched = HubDownload.present(downloads(), model);
        if (fetched.isPresent()) {
            useDirectory(base, fetched.get());
        } else {
            LOG.infof(
                    "Downloading %s from %s; until then, the previous model continues to serve",
                    model, config.hub().address());
            background.execute(() -> fetch(base, model));
        }
    }

    private void fetch(String base, HubModel model) {
        try {
            HubOptions options =
                    HubOptions.of(config.hub().address(), config.hub().token().orElse(null));
            useDirectory(base, HubDownload.fetch(downloads(), model, options, new DownloadLog()));
        } catch (HubException | IllegalArgumentException failure) {
            LOG.errorf(
                    "replyloop.model.base=%s cannot be used, and nothing has changed. %s", base, failure.getMessage());
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "replyloop.model.base=%s cannot be used, and nothing has changed", base);
        }
    }

    private Path downloads() {
        return registry.folder().resolve(".hub");
    }

    private void useDirectory(String base, Path directory) {
        try {
            ModelSource source = ModelSource.directory(directory);
            if (registry.byHash(source.sha256()).isEmpty()) {
                // Read completely once, so that a checkpoint that cannot rank is rejected before it is registered.
                CrossEncoder.open(directory, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))
                        .close();
            }
            registry.requireUsable(directory);
            ModelVersionView version = ensureInstalled(source);
            registry.promoteIfNobodyChose(version.id(), true);
        } catch (Problem unusable) {
            LOG.errorf(
                    "replyloop.model.base=%s cannot be used, and nothing has changed. %s", base, unusable.getMessage());
        } catch (IOException | RuntimeException failure) {
            LOG.errorf(failure, "replyloop.model.base=%s cannot be used, and nothing has changed", base);
        }
    }

    private static final class DownloadLog implements HubListener {
        @Override
        public void progress(String file, long bytes, long total, double bytesPerSecond, Duration left) {
            LOG.infof(
                    "%s: %d of %d MB, %.1f MB/s, %s left",
                    file, bytes / 1_000_000, total / 1_000_000, bytesPerSecond / 1e6, left);
        }

        @Override
        public void interrupted(String reason, int attempt) {
            LOG.warnf("The download was interrupted; retrying (%d): %s", (Object) attempt, reason);
        }
    }

    ModelVersionView ensureInstalled(ModelSource source) throws IOException {
        String sha256 = source.sha256();
        Optional<ModelVersionView> known = registry.byHash(sha256);
        if (known.isPresent() && isWhole(known.get(), sha256)) {
            return known.get();
        }
        LOG.infof("Installing %s", source.description());
        String name = known.map(version -> version.directory().getFileName().toString())
                .orElse(source.origin() + "-" + sha256.substring(0, 12));
        ModelDirectory.Installed installed = ModelDirectory.install(registry.folder(), name, source::copyInto);
        return registry.register(source.origin(), null, installed, null);
    }

    private static boolean isWhole(ModelVersionView version, String sha256) {
        try {
            ModelDirectory.verify(version.directory(), sha256);
            return true;
        } catch (Problem damage) {
            LOG.warnf("%s It is installed again.", damage.getMessage());
            return false;
        }
    }
}
