package io.replyloop.model;

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

/** Where a model to start with comes from: the application's own class path, or a directory that a team names. */
record ModelSource(String description, String origin, TreeMap<String, Opener> files) {

    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    static final String BUILT_IN = "built-in";
    static final String IMPORT = "import";

    /** A class path cannot be listed, so these are asked for by name. */
    private static final List<String> BUILT_IN_FILES = List.of(
            "config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "vocab.txt",
            "ranking.json",
            "README.md");

    /** Of an encoder, beside these. */
    private static final List<String> BUILT_IN_ENCODER_FILES =
            List.of("1_Pooling/config.json", "projection.safetensors", "SOURCES.md", "LICENSE.md");

    /** An encoder may consist of one for each language. */
    private static final List<String> LANGUAGES = List.of("english/", "chinese/");

    /** What belongs to a checkpoint; pickles, other frameworks' weights and a repository's own files stay behind. */
    private static final Pattern CHECKPOINT_FILE = Pattern.compile("[^.].*\\.(json|txt|safetensors|model|md|pt)");

    static Optional<ModelSource> onClassPath(String folder) {
        TreeMap<String, Opener> files = new TreeMap<>();
        putResources(folder, "", BUILT_IN_FILES, files);
        return files.containsKey("config.json")
                ? Optional.of(new ModelSource("the built-in model", BUILT_IN, files))
                : Optional.empty();
    }

    static Optional<ModelSource> encoderOnClassPath(String folder) {
        TreeMap<String, Opener> files = new TreeMap<>();
        for (String language : LANGUAGES) {
            putResources(folder, language, BUILT_IN_FILES, files);
            putResources(folder, language, BUILT_IN_ENCODER_FILES, files);
        }
        boolean forEachLanguage =
                LANGUAGES.stream().allMatch(language -> files.containsKey(language + "model.safetensors"));
        if (!forEachLanguage) {
            files.clear();
        }
        putResources(folder, "", forEachLanguage ? List.of("README.md") : BUILT_IN_FILES, files);
        putResources(folder, "", BUILT_IN_ENCODER_FILES, files);
        return forEachLanguage || files.containsKey("config.json")
                ? Optional.of(new ModelSource("the built-in encoder", BUILT_IN, files))
                : Optional.empty();
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
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(
                    directory.toString(),
                    null,
                    "replyloop.model.base must name a directory in Hugging Face layout on this machine, or a Hugging Face id");
        }
        TreeMap<String, Opener> files = new TreeMap<>();
        putFiles(directory, "", files);
        files.remove(ModelDirectory.SUMS);
        return new ModelSource(directory.toString(), IMPORT, files);
    }

    static ModelSource encoderDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(
                    directory.toString(),
                    null,
                    "replyloop.encoder.directory must name a directory in Hugging Face layout on this machine");
        }
        TreeMap<String, Opener> files = new TreeMap<>();
        for (String part : List.of("", LANGUAGES.get(0), LANGUAGES.get(1))) {
            putFiles(directory, part, files);
            putFiles(directory, part + "1_Pooling/", files);
        }
        files.remove(ModelDirectory.SUMS);
        return new ModelSource(directory.toString(), IMPORT, files);
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
        TreeMap<String, String> hashes = new TreeMap<>();
        for (var file : files.entrySet()) {
            try (InputStream in = file.getValue().open()) {
                hashes.put(file.getKey(), ModelDirectory.hash(in));
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
