package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder beside the output in which a run keeps what it needs to go on after a crash: fp32 weights, AdamW's moments
 * and its own notes. A state appears by renaming, so there is always a whole one. Dropout and shuffling depend on seed
 * and step alone, which is why nothing else is needed for the same weights at the end.
 */
final class TrainingState {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STEP = "step-";
    private static final String BEST = "best-";

    /** @param fingerprint of everything that shapes the run; a state of another run is not resumed */
    record Saved(Path directory, int step, JsonNode notes) {}

    private final Path folder;
    private final String fingerprint;

    private TrainingState(Path folder, String fingerprint) {
        this.folder = folder;
        this.fingerprint = fingerprint;
    }

    static TrainingState beside(Path out, String fingerprint) {
        Path target = out.toAbsolutePath();
        return new TrainingState(target.resolveSibling("." + target.getFileName() + ".training"), fingerprint);
    }

    Optional<Saved> latest() {
        return newest(STEP)
                .filter(saved -> saved.notes().path("fingerprint").asText().equals(fingerprint));
    }

    void save(Learner network, int step, com.fasterxml.jackson.databind.node.ObjectNode notes) {
        write(STEP, step, notes, network.weights(), network.moments());
    }

    void saveBest(Learner network, int step) {
        write(BEST, step, JSON.createObjectNode(), network.weights(), null);
    }

    SafetensorsFile openMoments(Saved saved) {
        return SafetensorsFile.open(saved.directory().resolve("moments.safetensors"));
    }

    /** Puts the network where the last state left it; at step 0, as it is, where there is none. */
    int restore(Checkpoint checkpoint, TrainingNetwork network) {
        Optional<Saved> saved = latest();
        if (saved.isEmpty()) {
            return 0;
        }
        try (Checkpoint weights = checkpoint.withWeights(saved.get().directory().resolve("model.safetensors"));
                SafetensorsFile moments = openMoments(saved.get())) {
            network.restore(weights, moments);
        }
        return saved.get().step();
    }

    /** Weights of the best step, or nothing when none was marked. */
    Optional<Path> best(int step) {
        return Optional.of(folder.resolve(BEST + step).resolve("model.safetensors"))
                .filter(Files::isRegularFile);
    }

    private void write(
            String kind,
            int step,
            com.fasterxml.jackson.databind.node.ObjectNode notes,
            List<SafetensorsWriter.Tensor> weights,
            List<SafetensorsWriter.Tensor> moments) {
        try {
            Path whole = folder.resolve(kind + step);
            Path partial = folder.resolve(kind + step + ".partial");
            Checkpoint.deleteTree(partial);
            Files.createDirectories(partial);
            SafetensorsWriter.write(partial.resolve("model.safetensors"), weights);
            if (moments != null) {
                SafetensorsWriter.write(partial.resolve("moments.safetensors"), moments);
            }
            notes.put("fingerprint", fingerprint).put("step", step);
            Files.write(partial.resolve("notes.json"), JSON.writeValueAsBytes(notes));
            Checkpoint.deleteTree(whole);
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            try (Stream<Path> others = Files.list(folder)) {
                for (Path other : others.filter(
                                path -> path.getFileName().toString().startsWith(kind))
                        .filter(path -> !path.equals(whole))
                        .toList()) {
                    Checkpoint.deleteTree(other);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the state of the training cannot be saved", e);
        }
    }

    private Optional<Saved> newest(String kind) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> states = Files.list(folder)) {
            return states.filter(path -> path.getFileName().toString().matches(kind + "\\d+"))
                    .map(path -> new Saved(
                            path,
                            Integer.parseInt(path.getFileName().toString().substring(kind.length())),
                            Checkpoint.readJson(path.resolve("notes.json"))))
                    .max(Comparator.comparingInt(Saved::step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Checkpoint.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be deleted", e);
        }
    }
}
