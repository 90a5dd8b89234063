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
 * Called by the build: puts the networks of the built-in encoder, out of the artefacts on the class path, beside the
 * projections that the sources hold. So the repository need not hold 115 MB that others have published.
 */
public final class BuiltInEncoder {
    private static final Map<String, PretrainedEncoder> LANGUAGES = Map.of(
            EncoderPair.ENGLISH, PretrainedEncoder.BGE_SMALL_EN, EncoderPair.CHINESE, PretrainedEncoder.BGE_SMALL_ZH);

    /** Says by which rules and of which artefact an encoder was made, so that it is made anew where these are others. */
    private static final String RULES = "1 ";

    /** What lay beside the parts when the built-in encoder was a single network; a build without 'clean' still has it. */
    private static final List<String> OF_A_SINGLE_NETWORK =
            List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt");

    /** Read by the application as the list of what it installs. */
    private static final String SUMS = "SHA256SUMS";

    private BuiltInEncoder() {}

    /**
     * @param arguments the folder of the encoder among the compiled classes; and a folder beside them, for notes and for
     *     what is being made
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

    /** As {@code sha256sum} does, so that no start has to read all of it to know whether it is there already. */
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
        // The note goes first: whatever is interrupted from here on is made anew.
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
