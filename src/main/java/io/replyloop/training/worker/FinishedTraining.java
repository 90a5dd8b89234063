package io.replyloop.training.worker;

import io.replyloop.bert.training.TrainingResult;
import io.replyloop.platform.FileHashes;
import io.replyloop.platform.Json;
import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run has learned, kept beside its model until that is registered: an attempt that dies, or is stopped, while it
 * only measures leaves the next one nothing to learn again. Counts only as long as every file of the model is as it was.
 */
record FinishedTraining(Map<String, String> files, TrainingResult result) {
    private static final String FILE = "finished.json";

    static void keep(Path work, Path model, TrainingResult result) throws IOException {
        WholeFile.write(
                work.resolve(FILE), Json.MAPPER.writeValueAsString(new FinishedTraining(hashes(model), result)));
    }

    static Optional<TrainingResult> find(Path work, Path model) throws IOException {
        Path file = work.resolve(FILE);
        if (!Files.isRegularFile(file) || !Files.isDirectory(model)) {
            return Optional.empty();
        }
        FinishedTraining finished = Json.MAPPER.readValue(file.toFile(), FinishedTraining.class);
        return Optional.of(finished.result)
                .filter(result -> !finished.files.isEmpty())
                .filter(result -> finished.files.equals(hashes(model)));
    }

    private static Map<String, String> hashes(Path model) {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(model.relativize(file).toString(), FileHashes.sha256Anew(file));
            }
        } catch (IOException unreadable) {
            return Map.of();
        }
        return hashes;
    }
}
