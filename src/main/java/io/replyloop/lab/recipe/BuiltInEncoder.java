package io.replyloop.lab.recipe;

import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.HalfPrecision;
import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.network.EncoderPair;
import io.replyloop.platform.FileHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Called by the build: extracts the networks of the built-in encoder from artefacts on the class path and puts them beside
 * the projections from the sources. So the repository does not have to contain 115 MB that others have published.
 */
public final class BuiltInEncoder {
    private static final Map<String, PretrainedEncoder> LANGUAGES = Map.of(
            EncoderPair.ENGLISH, PretrainedEncoder.BGE_SMALL_EN, EncoderPair.CHINESE, PretrainedEncoder.BGE_SMALL_ZH);

    /** Version of the conversion; with the hash of the artefact, it decides whether an encoder has to be made again. */
    private static final String RULES = "1 ";

    /** Files from when the built-in encoder was a single network; a build without 'clean' may still have them. */
    private static final List<String> OF_A_SINGLE_NETWORK =
            List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt");

    /** The application installs the files in this list. */
    private static final String SUMS = "SHA256SUMS";

    private BuiltInEncoder() {}

    /**
     * @param arguments the directory of the encoder among the compiled classes, and a directory for temporary files
     */
    public static void main(String[] arguments) throws IOException {
        Path encoder = Path.of(arguments[0]);
        for (String name : OF_A_SINGLE_NETWORK) {
            Files.deleteIfExists(encoder.resolve(name));
        }
        for (var language : LANGUAGES.entrySet()) {
            make(language.getValue(), encoder.resolve(language.getKey()), Path.of(arguments[1], language.getKey()));
        }
        FileHashes.keepIn(Path.of(arguments[1], "hashes"));
        list(encoder);
    }

    /** In the format of {@code sha256sum}, so that a start can compare hashes without reading all files. */
    private static void list(Path encoder) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(encoder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(encoder.relativize(file).toString().replace('\\', '/'), FileHashes.sha256(file));
            }
        }
        hashes.remove(SUMS);
        Files.writeString(encoder.resolve(SUMS), FileHashes.list(hashes));
    }

    private static void make(PretrainedEncoder encoder, Path directory, Path work) throws IOException {
        Path note = work.resolve("made-of");
        String rules = RULES + encoder.sha256();
        if (Files.exists(directory.resolve("model.safetensors"))
                && Files.exists(note)
                && Files.readString(note).equals(rules)) {
            return;
        }
        // The note is deleted first, so that an interrupted conversion is repeated.
        CheckpointDirectory.deleteTree(work);
        Path made = work.resolve("encoder");
        PretrainedEncoder.convert(encoder.jar(), made);
        HalfPrecision.halve(made);
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = directory.resolve(made.relativize(file));
                Files.createDirectories(place.getParent());
                Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(note, rules);
    }
}
