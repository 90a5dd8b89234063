package io.replyloop.bert.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which settings of {@code config.json} are to blame where a tensor has another shape than they ask for. */
final class ShapeFields {
    private static final List<String> WORDS = List.of("word_embeddings.weight", "wte.weight", "word_embedding.weight");
    private static final List<String> POSITIONS = List.of("position_embeddings.weight", "wpe.weight");

    private ShapeFields() {}

    /** In words, with what the tensor has; empty where none can be named. */
    static String of(BertConfig config, TensorSlot slot, long[] found) {
        long[] wanted = slot.shape();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < Math.min(wanted.length, found.length); i++) {
            if (wanted[i] != found[i]) {
                String field = field(config, slot.name(), i, wanted[i]);
                if (field != null) {
                    fields.add(field + " is " + wanted[i] + ", and the weights have " + found[i]);
                }
            }
        }
        return fields.isEmpty() ? "" : " (" + String.join("; ", fields) + ")";
    }

    private static String field(BertConfig config, String tensor, int axis, long wanted) {
        if (axis == 0 && WORDS.stream().anyMatch(tensor::endsWith)) {
            return config.family.setting("vocab_size");
        }
        if (axis == 0 && POSITIONS.stream().anyMatch(tensor::endsWith)) {
            return config.family.setting("max_position_embeddings");
        }
        if (axis == 0 && tensor.endsWith("token_type_embeddings.weight")) {
            return "type_vocab_size";
        }
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("hidden_size", config.hidden);
        sizes.put("intermediate_size", config.intermediate);
        sizes.put("embedding_size", config.embedding);
        sizes.put("num_labels", config.labels);
        return sizes.entrySet().stream()
                .filter(size -> size.getValue() == wanted)
                .map(size -> config.family.setting(size.getKey()))
                .findFirst()
                .orElse(null);
    }
}
