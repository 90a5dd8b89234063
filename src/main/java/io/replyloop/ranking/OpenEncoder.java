package io.replyloop.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An encoder in memory. All waiting texts are encoded together, urgent ones first; its batches and the cross-encoder's
 * take turns on the device, so that neither starves. Recent results are cached, because a question is first used in a
 * search and stored a moment later.
 */
final class OpenEncoder implements TextVectors, AutoCloseable {
    private static final int KEPT = 4_000;
    private static final Duration FOR_ONE_THAT_NEED_NOT_HURRY = Duration.ofMinutes(10);

    /** Limits each pass of background work, so that questions and the cross-encoder need not wait long for it. */
    private static final int TOKENS_WITHOUT_HURRY = 512;

    private static final int DIGEST = 32;

    private final Path directory;
    private final Encoder encoder;
    private final Duration patience;
    private final Dispatcher<Encoder.Text> dispatcher;
    private final Dispatcher.Scorer<Encoder.Text> network;
    private final Map<String, float[]> known = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > KEPT;
        }
    });

    /** The owner, and each call that uses the tokenizer. */
    private final AtomicInteger users = new AtomicInteger(1);

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile CompletableFuture<List<float[]>> lastUrgent = CompletableFuture.completedFuture(List.of());

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
        return encoder.digest().substring(0, DIGEST) + "-" + encoder.maxLength();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public CompletableFuture<List<float[]>> of(List<String> texts, boolean urgent) {
        if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("The encoder has been replaced"));
        }
        try {
            return read(texts, urgent);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        } finally {
            release();
        }
    }

    private CompletableFuture<List<float[]>> read(List<String> texts, boolean urgent) {
        float[][] vectors = new float[texts.size()][];
        List<Part> parts = new ArrayList<>();
        int most = urgent ? Integer.MAX_VALUE : TOKENS_WITHOUT_HURRY;
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = known.get(texts.get(i));
            if (vectors[i] == null) {
                Encoder.Text text = encoder.tokenize(texts.get(i));
                int length = Math.min(encoder.maxLength(), text.size());
                if (parts.isEmpty() || parts.get(parts.size() - 1).length + length > most) {
                    parts.add(new Part());
                }
                parts.get(parts.size() - 1).add(i, text, length);
            }
        }
        CompletableFuture<Void> read = CompletableFuture.completedFuture(null);
        for (Part part : parts) {
            read = read.thenCompose(before -> computed(part, urgent)).thenAccept(computed -> {
                for (int i = 0; i < computed.size(); i++) {
                    int at = part.places.get(i);
                    vectors[at] = computed.get(i);
                    known.put(texts.get(at), vectors[at]);
                }
            });
        }
        return read.thenApply(all -> Arrays.asList(vectors));
    }

    /** Background work waits for the latest urgent request. */
    private CompletableFuture<List<float[]>> computed(Part part, boolean urgent) {
        if (!urgent) {
            return lastUrgent
                    .handle((vectors, failure) -> null)
                    .thenCompose(
                            free -> dispatcher.submit(network, part.texts, part.length, FOR_ONE_THAT_NEED_NOT_HURRY));
        }
        CompletableFuture<List<float[]>> asked = dispatcher
                .submit(network, part.texts, part.length, patience)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        lastUrgent = asked;
        return asked;
    }

    /** Texts that are encoded in one pass. */
    private static final class Part {
        private final List<Integer> places = new ArrayList<>();
        private final List<Encoder.Text> texts = new ArrayList<>();
        private int length;

        void add(int place, Encoder.Text text, int size) {
            places.add(place);
            texts.add(text);
            length += size;
        }
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            encoder.close();
        }
    }

    /** Pending and later requests fail; the last call in progress frees the native memory. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            dispatcher.close();
            release();
        }
    }
}
