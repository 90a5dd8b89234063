package io.replyloop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the commands' files of pairs, one JSON object per line. */
final class LabelledFiles {
    record Pair(String query, String reply) {}

    private LabelledFiles() {}

    static List<Pair> pairs(Path file) throws IOException {
        return JsonLines.list(file, node -> new Pair(JsonLines.text(node, "query"), JsonLines.text(node, "reply")));
    }

    /** Reads {@code query}, {@code reply}, {@code label} and, if present, {@code group}. */
    static List<TrainingExample> examples(Path file) throws IOException {
        return JsonLines.list(file, node -> {
            if (!node.path("label").isNumber()) {
                throw new IllegalArgumentException("'label' must be a number");
            }
            JsonNode group = node.path("group");
            return new TrainingExample(
                    JsonLines.text(node, "query"),
                    JsonLines.text(node, "reply"),
                    node.path("label").asDouble(),
                    group.isMissingNode() || group.isNull() ? null : group.asText());
        });
    }
}
