package io.replyloop.lab.evaluation;

import io.replyloop.retrieval.TextVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Vectors of length 1 whose product says how near two texts are; each text is encoded once. */
final class Vectors implements TextVectors {
    private final Function<List<String>, List<float[]>> encoder;
    private final Map<String, float[]> known = new HashMap<>();

    Vectors(Function<List<String>, List<float[]>> encoder) {
        this.encoder = encoder;
    }

    float[] of(String text) {
        return known.computeIfAbsent(
                text, unknown -> encoder.apply(List.of(unknown)).get(0));
    }

    @Override
    public String version() {
        return "measured";
    }

    @Override
    public int dimension() {
        return of("").length;
    }

    @Override
    public CompletableFuture<List<float[]>> of(List<String> texts, boolean urgent) {
        prepare(texts);
        return CompletableFuture.completedFuture(texts.stream().map(known::get).toList());
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
