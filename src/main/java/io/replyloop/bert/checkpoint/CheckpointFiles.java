package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the files of a Hugging Face directory, and rejects untrustworthy content with an error that names the file. */
public final class CheckpointFiles {
    private static final long JSON_LIMIT = 64L << 20;

    private CheckpointFiles() {}

    public static BertConfig readConfig(Path directory) {
        return BertConfig.of(readJson(directory.resolve("config.json")));
    }

    /** @throws CheckpointException if the file does not exist or is not JSON */
    public static JsonNode readJson(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new CheckpointException(path + ": there is no such file; name a Hugging Face model directory");
            }
            if (Files.size(path) > JSON_LIMIT) {
                throw new CheckpointException(
                        path + ": is larger than " + (JSON_LIMIT >> 20) + " MiB, which no such file is");
            }
            return Json.MAPPER.readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            throw new CheckpointException(path + ": is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Opens the weights, whether a single file or shards; the caller closes them. */
    static List<SafetensorsFile> openFiles(Path directory) {
        Path single = directory.resolve("model.safetensors");
        if (Files.exists(single)) {
            return List.of(SafetensorsFile.open(single));
        }
        Path index = directory.resolve("model.safetensors.index.json");
        if (Files.exists(index)) {
            return openShards(directory, index);
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> pickles = entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth"))
                    .sorted()
                    .toList();
            if (!pickles.isEmpty()) {
                throw new CheckpointException(directory.resolve(pickles.get(0))
                        + ": is a pickle, which can run code when it is read, and is refused; save the model again with"
                        + " transformers: model.save_pretrained(directory, safe_serialization=True)");
            }
        } catch (IOException e) {
            throw new CheckpointException(directory + ": cannot be read: " + e.getMessage(), e);
        }
        throw new CheckpointException(directory + ": has neither model.safetensors nor model.safetensors.index.json");
    }

    private static List<SafetensorsFile> openShards(Path directory, Path index) {
        JsonNode map = readJson(index).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new CheckpointException(index + ": has no weight_map; download the file again");
        }
        Map<String, SafetensorsFile> shards = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> field : map.properties()) {
                String name = field.getValue().asText();
                // Only a plain file name beside the index, so that an index cannot point elsewhere on the disk.
                if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.safetensors")) {
                    throw new CheckpointException(index + ": tensor '" + field.getKey() + "' points to '" + name
                            + "', which is no safetensors file beside it");
                }
                SafetensorsFile shard = shards.get(name);
                if (shard == null) {
                    shard = SafetensorsFile.open(directory.resolve(name));
                    shards.put(name, shard);
                }
                if (!shard.entries().containsKey(field.getKey())) {
                    throw new CheckpointException(
                            shard.path() + ": tensor '" + field.getKey() + "' is missing although "
                                    + index.getFileName() + " puts it there; download the file again");
                }
            }
            return List.copyOf(shards.values());
        } catch (RuntimeException e) {
            shards.values().forEach(SafetensorsFile::close);
            throw e;
        }
    }
}
