package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.platform.Json;
import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder beside the output in which a run stores what it needs to resume after a crash: fp32 weights, AdamW's
 * moments and its own notes. States are renamed into place, so there is always a complete one. Dropout and shuffling
 * depend only on seed and step, so nothing else is needed to end with the same weights.
 */
final class TrainingState {
    private static final String STEP = "step-";
    private static final String BEST = "best-";
    private static final String WEIGHTS = "model.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String NOTES = "notes.json";

    /** @param step steps done */
    record Saved(Path directory, int step, JsonNode notes) {
        Path weights() {
            return directory.resolve(WEIGHTS);
        }

        SafetensorsFile openMoments() {
            return SafetensorsFile.open(directory.resolve(MOMENTS));
        }

        /** Restores this state in a network that was loaded from the checkpoint. */
        void restore(Checkpoint checkpoint, TrainingNetwork network) {
            try (Checkpoint saved = checkpoint.withWeights(weights());
                    SafetensorsFile moments = openMoments()) {
                network.restore(saved, moments);
            }
        }
    }

    private final Path folder;
    private final String fingerprint;

    /**
     * @param out the output, which need not exist
     * @param fingerprint of everything that determines the run; the state of another run is not resumed
     */
    TrainingState(Path out, String fingerprint) {
        Path target = out.toAbsolutePath();
        folder = target.resolveSibling("." + target.getFileName() + ".training");
        this.fingerprint = fingerprint;
    }

    /** Hash of base, data and hyperparameters: only exactly the same run may resume a state. */
    static String fingerprint(Path base, List<?> data, FineTuningOptions options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(base.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(CheckpointFiles.readJson(base.resolve("config.json"))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
            digest.update(options.toString().getBytes(StandardCharsets.UTF_8));
            for (Object part : data) {
                digest.update((byte) 0);
                for (Object item : part instanceof List<?> list ? list : List.of(part)) {
                    digest.update(item.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest state of this run. */
    Optional<Saved> latest() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> states = Files.list(folder)) {
            return states.filter(path -> path.getFileName().toString().matches(STEP + "\\d+"))
                    .map(path -> new Saved(
                            path,
                            Integer.parseInt(path.getFileName().toString().substring(STEP.length())),
                            CheckpointFiles.readJson(path.resolve(NOTES))))
                    .max(Comparator.comparingInt(Saved::step))
                    .filter(saved -> saved.notes().path("fingerprint").asText().equals(fingerprint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(Learner network, int step, ObjectNode notes) {
        write(STEP, step, notes, network.weights(), network.moments());
    }

    void saveBest(Learner network, int step) {
        write(BEST, step, Json.MAPPER.createObjectNode(), network.weights(), null);
    }

    /** Weights of the best step; empty if none was marked. */
    Optional<Path> best(int step) {
        return Optional.of(folder.resolve(BEST + step).resolve(WEIGHTS)).filter(Files::isRegularFile);
    }

    private void write(
            String kind,
            int step,
            ObjectNode notes,
            List<SafetensorsWriter.Tensor> weights,
            List<SafetensorsWriter.Tensor> moments) {
        try {
            Path whole = folder.resolve(kind + step);
            Path partial = folder.resolve(kind + step + ".partial");
            CheckpointDirectory.deleteTree(partial);
            Files.createDirectories(partial);
            SafetensorsWriter.write(partial.resolve(WEIGHTS), weights);
            if (moments != null) {
                SafetensorsWriter.write(partial.resolve(MOMENTS), moments);
            }
            notes.put("fingerprint", fingerprint).put("step", step);
            Files.write(partial.resolve(NOTES), Json.MAPPER.writeValueAsBytes(notes));
            CheckpointDirectory.deleteTree(whole);
            WholeFile.put(partial, whole);
            try (Stream<Path> others = Files.list(folder)) {
                for (Path other : others.filter(
                                path -> path.getFileName().toString().startsWith(kind))
                        .filter(path -> !path.equals(whole))
                        .toList()) {
                    CheckpointDirectory.deleteTree(other);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the state of the training cannot be saved", e);
        }
    }

    void delete() {
        try {
            CheckpointDirectory.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be deleted", e);
        }
    }
}
