package io.replyloop.model;

import io.replyloop.platform.ApplicationFolder;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The folder of version directories, shared by all nodes and training workers. Needs no database. */
@Singleton
public class ModelFolder {
    private final Path path;

    ModelFolder(ModelConfig config, ApplicationFolder files) {
        path = config.directory()
                .map(directory -> directory.toAbsolutePath().normalize())
                .orElseGet(() -> files.folder("models"));
    }

    public Path path() {
        return path;
    }
}
