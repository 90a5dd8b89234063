package io.replyloop.bert.checkpoint;

import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes Hugging Face directories atomically. */
public final class CheckpointDirectory {
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.txt",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "sentencepiece.bpe.model",
            "spiece.model");

    private CheckpointDirectory() {}

    /**
     * Writes a Hugging Face directory atomically, by renaming a temporary folder beside it.
     *
     * @param tokenizerFrom directory whose tokenizer files are copied
     */
    public static void write(
            Path out, BertConfig config, boolean masked, List<SafetensorsWriter.Tensor> tensors, Path tokenizerFrom)
            throws IOException {
        writeDirectory(out, tokenizerFrom, partial -> {
            SafetensorsWriter.write(partial.resolve("model.safetensors"), tensors);
            Files.write(partial.resolve("config.json"), Json.PRETTY.writeValueAsBytes(config.toJson(masked)));
        });
    }

    /**
     * Writes an encoder without a head, with the tensor names that transformers' {@code BertModel} and similar classes
     * expect.
     *
     * @param others writes the other files: the tokenizer
     */
    public static void writeEncoder(
            Path out, BertConfig config, List<SafetensorsWriter.Tensor> tensors, Contents others) throws IOException {
        String prefix = config.family.prefix + ".";
        List<SafetensorsWriter.Tensor> bare = tensors.stream()
                .map(tensor -> new SafetensorsWriter.Tensor(
                        tensor.name().substring(prefix.length()), tensor.shape(), tensor.values()))
                .toList();
        writeDirectory(out, partial -> {
            SafetensorsWriter.write(partial.resolve("model.safetensors"), bare);
            Files.write(partial.resolve("config.json"), Json.PRETTY.writeValueAsBytes(config.encoderJson()));
            others.writeInto(partial);
        });
    }

    @FunctionalInterface
    public interface Contents {
        void writeInto(Path directory) throws IOException;
    }

    public static void writeDirectory(Path out, Path tokenizerFrom, Contents contents) throws IOException {
        writeDirectory(out, partial -> {
            copyTokenizer(tokenizerFrom, partial);
            contents.writeInto(partial);
        });
    }

    public static void copyTokenizer(Path from, Path to) throws IOException {
        for (String name : TOKENIZER_FILES) {
            Path file = from.resolve(name);
            if (Files.isRegularFile(file)) {
                Files.copy(file, to.resolve(name));
            }
        }
    }

    private static void writeDirectory(Path out, Contents contents) throws IOException {
        requireFree(out);
        Path target = out.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
        Files.createDirectory(partial);
        try {
            contents.writeInto(partial);
            Files.deleteIfExists(target);
            try {
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(partial, target);
            }
        } catch (IOException | RuntimeException e) {
            deleteTree(partial);
            throw e;
        }
    }

    /** @throws CheckpointException if the path exists: a model is never overwritten */
    public static void requireFree(Path out) {
        if (Files.exists(out)) {
            try (Stream<Path> files = Files.isDirectory(out) ? Files.list(out) : Stream.of(out)) {
                if (files.findAny().isPresent()) {
                    throw new CheckpointException(out + ": exists already; name a new directory");
                }
            } catch (IOException e) {
                throw new CheckpointException(out + ": cannot be read: " + e.getMessage(), e);
            }
        }
    }

    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
