package io.replyloop.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import io.replyloop.bert.CrossEncoderOptions;
import io.replyloop.bert.Encoder;
import io.replyloop.bert.TokenIds;
import io.replyloop.retrieval.TextVectors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An encoder in memory. All texts that wait go through the network together, those of somebody who waits first; its
 * batches and the cross-encoder's take turns on the device, so that neither starves. What was read lately is not read again:
 * a question is looked for first and remembered a moment later.
 */
final class OpenEncoder implements TextVectors, AutoCloseable {
    private static final int KEPT = 4_000;
    private static final Duration FOR_ONE_THAT_NEED_NOT_HURRY = Duration.ofMinutes(10);

    private final Path directory;
    private final Encoder encoder;
    private final Duration patience;
    private final Dispatcher<TokenIds> dispatcher;
    private final Dispatcher.Scorer<TokenIds> network;
    private final Map<String, float[]> known = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > KEPT;
        }
    });

    OpenEncoder(
            Path directory,
            CrossEncoderOptions options,
            Dispatcher.Limits limits,
            Duration patience,
            MeterRegistry metrics) {
        this.directory = directory;
        this.patience = patience;
        encoder = Encoder.open(directory, options);
        network = encoder::embedTokens;
        dispatcher = new Dispatcher<>(
                "encoder",
                limits,
                (requests, texts, tokens, took) ->
                        metrics.timer("replyloop.encoder.batch").record(took));
    }

    Path directory() {
        return directory;
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
        float[][] vectors = new float[texts.size()][];
        List<Integer> unknown = new ArrayList<>();
        List<TokenIds> tokens = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = known.get(texts.get(i));
            if (vectors[i] == null) {
                unknown.add(i);
                tokens.add(encoder.tokenize(texts.get(i)));
                length += Math.min(
                        encoder.maxLength(), tokens.get(tokens.size() - 1).size());
            }
        }
        if (unknown.isEmpty()) {
            return CompletableFuture.completedFuture(Arrays.asList(vectors));
        }
        CompletableFuture<List<float[]>> asked =
                dispatcher.submit(network, tokens, length, urgent ? patience : FOR_ONE_THAT_NEED_NOT_HURRY);
        if (urgent) {
            asked.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        return asked.thenApply(computed -> {
            for (int i = 0; i < computed.size(); i++) {
                int at = unknown.get(i);
                vectors[at] = computed.get(i);
                known.put(texts.get(at), vectors[at]);
            }
            return Arrays.asList(vectors);
        });
    }

    @Override
    public void close() {
        dispatcher.close();
        encoder.close();
    }
}
