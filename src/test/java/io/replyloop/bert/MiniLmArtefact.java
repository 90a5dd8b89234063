package io.replyloop.bert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pretrained encoder, from the jar on the tests' class path: converted once for all tests of a JVM. */
public final class MiniLmArtefact {
    private static Path directory;

    private MiniLmArtefact() {}

    public static Path jar() {
        URL weights = MiniLmArtefact.class.getResource("/all-minilm-l6-v2.onnx");
        try {
            return Path.of(((JarURLConnection) weights.openConnection())
                    .getJarFileURL()
                    .toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static synchronized Path directory() {
        if (directory == null) {
            try {
                Path folder = Path.of("target/minilm");
                Checkpoint.deleteTree(folder);
                Files.createDirectories(folder.getParent());
                MiniLm.convert(jar(), folder);
                directory = folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return directory;
    }
}
