package io.replyloop.lab.corpus;

import io.replyloop.retrieval.TextVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Vectors for measurements: each text is encoded once. Not thread-safe. */
public final class CachedVectors implements TextVectors {
    private final Function<List<String>, List<float[]>> encoder;
    private final Map<String, float[]> known = new HashMap<>();

    /** @param encoder returns a vector of length 1 for each text */
    public CachedVectors(Function<List<String>, List<float[]>> encoder) {
        this.encoder = encoder;
    }

    public float[] of(String text) {
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

    /** Encodes texts in one batch, which takes less time than one by one. */
    public void prepare(List<String> texts) {
        List<String> unknown = texts.stream()
                .distinct()
                .filter(text -> !known.containsKey(text))
                .toList();
        List<float[]> vectors = unknown.isEmpty() ? List.of() : encoder.apply(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            known.put(unknown.get(i), vectors.get(i));
        }
    }
}
