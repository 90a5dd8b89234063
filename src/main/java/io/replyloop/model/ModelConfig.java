package io.replyloop.model;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

@StaticInitSafe
@ConfigMapping(prefix = "replyloop.model")
interface ModelConfig {
    /**
     * What to start from in place of the built-in model: a Hugging Face directory, or a Hugging Face id
     * ({@code owner/name}, {@code owner/name@revision}), which is fetched in the background.
     */
    Optional<String> base();

    Hub hub();

    /** Where ids are looked up. */
    interface Hub {
        @WithDefault("https://huggingface.co")
        URI address();

        /** For models that not everybody may read. */
        Optional<String> token();
    }

    /** Where versions are kept; every node and every training worker must see the same folder. */
    Optional<Path> directory();

    /**
     * Whether a model directory may bring its network as TorchScript ({@code model.pt}), which is a program that runs
     * inside this process: only for teams that know who made it.
     */
    @WithDefault("false")
    boolean allowTorchscript();

    /** The built-in model on the class path. */
    @WithDefault("models/default")
    String builtIn();
}
