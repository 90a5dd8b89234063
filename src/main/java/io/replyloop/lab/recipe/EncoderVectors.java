package io.replyloop.lab.recipe;

import io.replyloop.bert.network.Encoder;
import io.replyloop.retrieval.TextVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An encoder for measuring: every text is read once, and nobody waits. For one thread. */
public final class EncoderVectors implements TextVectors {
    private final Encoder encoder;
    private final Map<String, float[]> known = new HashMap<>();

    /** @param encoder which the caller closes */
    public EncoderVectors(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String version() {
        return encoder.digest();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public CompletableFuture<List<float[]>> of(List<String> texts, boolean urgent) {
        List<String> unknown = new ArrayList<>(texts.stream()
                .filter(text -> !known.containsKey(text))
                .distinct()
                .toList());
        if (!unknown.isEmpty()) {
            List<float[]> read = encoder.embed(unknown);
            for (int i = 0; i < read.size(); i++) {
                known.put(unknown.get(i), read.get(i));
            }
        }
        return CompletableFuture.completedFuture(
                Arrays.asList(texts.stream().map(known::get).toArray(float[][]::new)));
    }
}
