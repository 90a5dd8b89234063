package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the vectors of a text's tokens are combined, as configured in sentence-transformers'
 * {@code 1_Pooling/config.json}.
 */
public enum Pooling {
    MEAN("pooling_mode_mean_tokens", "embed_texts", true),
    /** The vector of {@code [CLS]}. */
    FIRST("pooling_mode_cls_token", "embed_first", false);

    private static final Path FILE = Path.of("1_Pooling", "config.json");
    private static final String MODULES = "modules.json";
    private static final Set<String> KNOWN_MODULES = Set.of("Transformer", "Pooling", "Normalize");
    private static final String PREFIX = "pooling_mode_";

    private final String mode;

    /** The method of the network's script. */
    public final String method;

    /** Whether the last layer is needed for every token, not only for the first of each sequence. */
    public final boolean readsEveryToken;

    Pooling(String mode, String method, boolean readsEveryToken) {
        this.mode = mode;
        this.method = method;
        this.readsEveryToken = readsEveryToken;
    }

    /**
     * Returns the mean if the directory does not specify a pooling.
     *
     * @throws CheckpointException if the directory asks for a step between tokens and vector that is not implemented
     */
    public static Pooling of(Path directory) {
        requireKnownModules(directory.resolve(MODULES));
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return MEAN;
        }
        JsonNode config = CheckpointFiles.readJson(file);
        List<String> modes = new ArrayList<>();
        config.properties().forEach(entry -> {
            if (entry.getKey().startsWith(PREFIX) && entry.getValue().asBoolean()) {
                modes.add(entry.getKey());
            }
        });
        for (Pooling known : values()) {
            if (modes.equals(List.of(known.mode))) {
                return known;
            }
        }
        throw new CheckpointException(file + ": asks for " + modes + ", and only one of "
                + Stream.of(values()).map(known -> known.mode).collect(Collectors.joining(" and "))
                + " can be done");
    }

    private static void requireKnownModules(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        for (JsonNode module : CheckpointFiles.readJson(file)) {
            String type = module.path("type").asText();
            String name = type.substring(type.lastIndexOf('.') + 1);
            String path = module.path("path").asText();
            if (!KNOWN_MODULES.contains(name) || name.equals("Pooling") && !path.equals("1_Pooling")) {
                throw new CheckpointException(file + ": asks for '" + type + "' in '" + path
                        + "', and only a Transformer, Pooling in '1_Pooling' and Normalize can be done");
            }
        }
    }

    public void write(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Files.createDirectories(file.getParent());
        ObjectNode config = Json.MAPPER.createObjectNode();
        for (Pooling known : values()) {
            config.put(known.mode, known == this);
        }
        Json.PRETTY.writeValue(file.toFile(), config);
    }
}
