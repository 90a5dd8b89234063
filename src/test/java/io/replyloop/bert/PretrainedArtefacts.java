package io.replyloop.bert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The pretrained encoders, from the jars on the tests' class path: each converted once for all tests of a JVM. */
public final class PretrainedArtefacts {
    private static final Map<PretrainedEncoder, Path> DIRECTORIES = new EnumMap<>(PretrainedEncoder.class);

    private PretrainedArtefacts() {}

    public static synchronized Path directory(PretrainedEncoder encoder) {
        return DIRECTORIES.computeIfAbsent(encoder, missing -> {
            Path folder = Path.of("target", "pretrained", missing.name().toLowerCase(Locale.ROOT));
            try {
                Checkpoint.deleteTree(folder);
                Files.createDirectories(folder.getParent());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            PretrainedEncoder.convert(missing.jar(), folder);
            return folder;
        });
    }
}
