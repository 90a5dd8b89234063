package io.replyloop.model;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.bert.CrossEncoder;
import io.replyloop.bert.CrossEncoderOptions;
import io.replyloop.bert.Precision;
import io.replyloop.platform.Problem;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Sees to it that a model serves from the first start on: the built-in one, or the one that a team names with
 * {@code replyloop.model.base}. Installing is repeated until it has succeeded once and then only checks, so that a
 * start that was killed half-way, or a built-in model whose files were lost, is repaired by the next start.
 */
@ApplicationScoped
class StartingModel {
    private static final Logger LOG = Logger.getLogger(StartingModel.class);

    private final ModelRegistry registry;
    private final ChampionWatch watch;
    private final ModelConfig config;

    StartingModel(ModelRegistry registry, ChampionWatch watch, ModelConfig config) {
        this.registry = registry;
        this.watch = watch;
        this.config = config;
    }

    void atStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) throws IOException {
        if (config.allowTorchscript()) {
            // For the whole process, and for the training workers, which inherit it.
            System.setProperty(CrossEncoderOptions.ALLOW_TORCHSCRIPT, "true");
        }
        watch.remember();
        ModelDirectory.sweep(registry.folder());
        Optional<ModelSource> builtIn = ModelSource.onClassPath(config.builtIn());
        if (builtIn.isPresent()) {
            ModelVersionView version = ensureInstalled(builtIn.get());
            registry.promoteIfNobodyChose(version.id(), false);
        } else {
            LOG.warn("This build has no built-in model; suggestions come from the first stage alone until one serves");
        }
        config.base().ifPresent(this::useBase);
    }

    /** A wrong setting must not take down the chat: it is reported, and what served before goes on serving. */
    void useBase(String base) {
        try {
            ModelSource source = ModelSource.directory(Path.of(base));
            if (registry.byHash(source.sha256()).isEmpty()) {
                // Read whole once, so that a checkpoint which cannot rank is refused before it is anybody's model.
                CrossEncoder.open(Path.of(base), new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))
                        .close();
            }
            ModelVersionView version = ensureInstalled(source);
            registry.promoteIfNobodyChose(version.id(), true);
        } catch (IOException | RuntimeException failure) {
            LOG.errorf(failure, "replyloop.model.base=%s cannot be used, and nothing has changed", base);
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
