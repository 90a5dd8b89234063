package io.replyloop.model;

import java.io.IOException;
import java.nio.file.Path;

/** The model that comes with the application, for commands that have no server's model folder. */
public final class BuiltInModel {
    private static final String FOLDER = "models/default";

    private BuiltInModel() {}

    /** @param directory an empty one, which becomes a model directory */
    public static void copyInto(Path directory) throws IOException {
        ModelSource.onClassPath(FOLDER)
                .orElseThrow(() -> new IllegalArgumentException("This build has no built-in model; name one"))
                .copyInto(directory);
    }
}
