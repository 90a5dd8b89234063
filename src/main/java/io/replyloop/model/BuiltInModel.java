package io.replyloop.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The model and the encoder that come with the application, for commands that have no server's folders. */
public final class BuiltInModel {
    /** On the class path. */
    public static final String FOLDER = "models/default";

    private static final String ENCODER = "models/encoder";

    private BuiltInModel() {}

    /** @param directory an empty one, which becomes a model directory */
    public static void copyInto(Path directory) throws IOException {
        ModelSource.onClassPath(FOLDER)
                .orElseThrow(() -> new IllegalArgumentException("This build has no built-in model; name one"))
                .copyInto(directory);
    }

    /**
     * @param directory an empty one, which becomes the directory of an encoder
     * @return whether this build has one
     */
    public static boolean copyEncoderInto(Path directory) throws IOException {
        Optional<ModelSource> encoder = ModelSource.onClassPath(ENCODER);
        if (encoder.isPresent()) {
            encoder.get().copyInto(directory);
        }
        return encoder.isPresent();
    }
}
