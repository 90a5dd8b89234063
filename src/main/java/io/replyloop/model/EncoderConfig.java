package io.replyloop.model;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** {@code replyloop.encoder.*}: the encoder for the meaning of texts. */
@StaticInitSafe
@ConfigMapping(prefix = "replyloop.encoder")
interface EncoderConfig {
    /** A sentence encoder in Hugging Face layout that replaces the built-in one. */
    Optional<Path> directory();

    /** The built-in encoder on the class path. */
    @WithDefault("models/encoder")
    String builtIn();
}
