package io.replyloop.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The model and the encoder that are part of the application, for commands that do not use a server's folders. */
public final class BuiltInModel {
    /** The folder on the class path. */
    public static final String FOLDER = "models/default";

    private static final String ENCODER = "models/encoder";

    private BuiltInModel() {}

    /** @param directory an empty directory, which becomes a model directory */
    public static void copyInto(Path directory) throws IOException {
        ModelSource.onClassPath(FOLDER)
                .orElseThrow(() -> new IllegalArgumentException("This build has no built-in model; name one"))
                .copyInto(directory);
    }

    /**
     * @param directory an empty directory, which becomes an encoder directory
     * @return whether this build contains an encoder
     */
    public static boolean copyEncoderInto(Path directory) throws IOException {
        Optional<ModelSource> encoder = ModelSource.onClassPath(ENCODER);
        if (encoder.isPresent()) {
            encoder.get().copyInto(directory);
        }
        return encoder.isPresent();
    }
}
