package io.replyloop.model;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** {@code replyloop.encoder.*}: the encoder that tells what a text means. */
@StaticInitSafe
@ConfigMapping(prefix = "replyloop.encoder")
interface EncoderConfig {
    /** A sentence encoder in Hugging Face layout, in place of the built-in one. */
    Optional<Path> directory();

    /** The built-in encoder on the class path. */
    @WithDefault("models/encoder")
    String builtIn();
}
