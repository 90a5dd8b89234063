package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.PretrainedEncoder;
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
            Path folder = OfThisProcess.FOLDER.resolve(missing.name().toLowerCase(Locale.ROOT));
            PretrainedEncoder.convert(missing.jar(), folder);
            return folder;
        });
    }

    /** Several run side by side, and what an earlier one has converted says nothing of the converter of today. */
    private static final class OfThisProcess {
        static final Path FOLDER = made();

        private static Path made() {
            try {
                Path pretrained = Files.createDirectories(Path.of("target", "pretrained"));
                Path folder = Files.createTempDirectory(pretrained, "of-one-process-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try {
                CheckpointDirectory.deleteTree(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
