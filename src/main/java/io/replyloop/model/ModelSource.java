package io.replyloop.model;

import io.replyloop.bert.network.EncoderPair;
import io.replyloop.platform.FileHashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The source of a starting model: the application's class path, or a directory that a team configures.
 *
 * @param sums the list of the files' hashes, if the build has made one; null if they have to be computed
 */
record ModelSource(String description, String origin, TreeMap<String, Opener> files, Opener sums) {

    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    static final String BUILT_IN = "built-in";
    static final String IMPORT = "import";

    private static final String WEIGHTS = "model.safetensors";
    private static final String POOLING = "1_Pooling/";

    /** A class path cannot be listed, so possible files are looked up by name. */
    private static final List<String> NETWORK = List.of(
            "config.json",
            WEIGHTS,
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "vocab.txt",
            "ranking.json",
            POOLING + "config.json",
            "projection.safetensors");

    private static final List<String> DOCUMENTS = List.of("README.md", "SOURCES.md", "LICENSE.md");

    /** An encoder may consist of one network per language. */
    private static final List<String> LANGUAGES = List.of(EncoderPair.ENGLISH + "/", EncoderPair.CHINESE + "/");

    /** The files of a checkpoint; pickles, other frameworks' weights and files of the repository are skipped. */
    private static final Pattern CHECKPOINT_FILE = Pattern.compile("[^.].*\\.(json|txt|safetensors|model|md|pt)");

    /** @param folder of a model, or of an encoder, which may consist of one network per language */
    static Optional<ModelSource> onClassPath(String folder) {
        TreeMap<String, Opener> files = new TreeMap<>();
        LANGUAGES.forEach(language -> putResources(folder, language, NETWORK, files));
        if (!LANGUAGES.stream().allMatch(language -> files.containsKey(language + WEIGHTS))) {
            files.clear();
            putResources(folder, "", NETWORK, files);
            if (!files.containsKey("config.json")) {
                return Optional.empty();
            }
        }
        putResources(folder, "", DOCUMENTS, files);
        TreeMap<String, Opener> sums = new TreeMap<>();
        putResources(folder, "", List.of(ModelDirectory.SUMS), sums);
        return Optional.of(new ModelSource("the built-in model", BUILT_IN, files, sums.get(ModelDirectory.SUMS)));
    }

    private static void putResources(String folder, String part, List<String> names, TreeMap<String, Opener> files) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (String name : names) {
            var resource = loader.getResource(folder + "/" + part + name);
            if (resource != null) {
                files.put(part + name, resource::openStream);
            }
        }
    }

    static ModelSource directory(Path directory) throws IOException {
        return directory(
                directory,
                Stream.of(""),
                "replyloop.model.base must name a directory in Hugging Face layout on this machine, or a Hugging Face id");
    }

    static ModelSource encoderDirectory(Path directory) throws IOException {
        return directory(
                directory,
                Stream.concat(Stream.of(""), LANGUAGES.stream()).flatMap(part -> Stream.of(part, part + POOLING)),
                "replyloop.encoder.directory must name a directory in Hugging Face layout on this machine");
    }

    private static ModelSource directory(Path directory, Stream<String> parts, String otherwise) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString(), null, otherwise);
        }
        TreeMap<String, Opener> files = new TreeMap<>();
        for (String part : parts.toList()) {
            putFiles(directory, part, files);
        }
        files.remove(ModelDirectory.SUMS);
        return new ModelSource(directory.toString(), IMPORT, files, null);
    }

    private static void putFiles(Path directory, String part, TreeMap<String, Opener> files) throws IOException {
        Path folder = directory.resolve(part);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isRegularFile)
                    .filter(file -> CHECKPOINT_FILE
                            .matcher(file.getFileName().toString())
                            .matches())
                    .forEach(file -> files.put(part + file.getFileName(), () -> Files.newInputStream(file)));
        }
    }

    /** The hash that the installed directory will have. */
    String sha256() throws IOException {
        if (sums != null) {
            try (InputStream in = sums.open()) {
                return FileHashes.sha256(in);
            }
        }
        TreeMap<String, String> hashes = new TreeMap<>();
        for (var file : files.entrySet()) {
            try (InputStream in = file.getValue().open()) {
                hashes.put(file.getKey(), FileHashes.sha256(in));
            }
        }
        return ModelDirectory.sumsHash(hashes);
    }

    void copyInto(Path directory) throws IOException {
        for (var file : files.entrySet()) {
            try (InputStream in = file.getValue().open()) {
                Path place = directory.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.copy(in, place);
            }
        }
    }
}
