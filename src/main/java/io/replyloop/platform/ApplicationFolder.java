package io.replyloop.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The folder for this node's files: {@code replyloop.data-dir}. */
@ApplicationScoped
public class ApplicationFolder {
    private final Path root;

    ApplicationFolder(@ConfigProperty(name = "replyloop.data-dir") String dataDir) {
        root = Path.of(dataDir).toAbsolutePath().normalize();
        FileHashes.keepIn(root.resolve("hashes"));
    }

    public Path root() {
        return root;
    }

    /** Returns a folder below the root, creating it if it is missing. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make the folder " + root.resolve(name), failure);
        }
    }
}
