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
     * The starting model, in place of the built-in one: a Hugging Face directory, or a Hugging Face id
     * ({@code owner/name}, {@code owner/name@revision}), which is downloaded in the background.
     */
    Optional<String> base();

    Hub hub();

    /** The hub for ids. */
    interface Hub {
        @WithDefault("https://huggingface.co")
        URI address();

        /** For models with restricted access. */
        Optional<String> token();
    }

    /** The folder of versions; every node and every training worker must see the same folder. */
    Optional<Path> directory();

    /**
     * Whether a model directory may contain its network as TorchScript ({@code model.pt}), a program that runs inside
     * this process: only for teams that know its author.
     */
    @WithDefault("false")
    boolean allowTorchscript();

    /** The built-in model on the class path. */
    @WithDefault("models/default")
    String builtIn();
}
