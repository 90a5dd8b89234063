package io.replyloop.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Vectors of length 1 whose product says how near two texts are; each text is encoded once. */
final class Vectors {
    private final Function<List<String>, List<float[]>> encoder;
    private final Map<String, float[]> known = new HashMap<>();

    Vectors(Function<List<String>, List<float[]>> encoder) {
        this.encoder = encoder;
    }

    float[] of(String text) {
        return known.computeIfAbsent(
                text, unknown -> encoder.apply(List.of(unknown)).get(0));
    }

    /** Many at once cost less than one after the other. */
    void prepare(List<String> texts) {
        List<String> fresh = texts.stream()
                .distinct()
                .filter(text -> !known.containsKey(text))
                .toList();
        List<float[]> vectors = fresh.isEmpty() ? List.of() : encoder.apply(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            known.put(fresh.get(i), vectors.get(i));
        }
    }
}
