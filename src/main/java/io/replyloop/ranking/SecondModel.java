package io.replyloop.ranking;

import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.retrieval.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model that ranks beside the serving one, with its own final score, as it would if it served. It reads a few pairs at a
 * time and only while nothing else waits for the device, so that a live question waits for one such step at most.
 */
public final class SecondModel implements AutoCloseable {
    /** A few pairs, some hundredths of a second on a small machine. */
    private static final int TOKENS_OF_A_STEP = 256;

    private final Dispatcher<EncodedPair> dispatcher;
    private final LoadedModel model;

    SecondModel(Dispatcher<EncodedPair> dispatcher, LoadedModel model) {
        this.dispatcher = dispatcher;
        this.model = model;
    }

    public UUID id() {
        return model.id();
    }

    /**
     * Waits for its turns and for the result.
     *
     * @param read how many candidates the network reads, those first that are most promising by this model's own score
     * @return empty if the device was too busy within this time, or the model was closed meanwhile
     */
    public Optional<Ranking> rank(String query, List<Candidate> found, int read, Duration patience)
            throws InterruptedException {
        if (!model.acquire()) {
            return Optional.empty();
        }
        try {
            FinalScore score = model.finalScore();
            List<Candidate> candidates = Ranker.mostPromisingFirst(Ranker.suited(score, found), found);
            Optional<List<float[]>> rows = logits(model.encode(query, candidates, 0, read), patience);
            return rows.map(logits -> Ranker.byModel(model, score, candidates, logits));
        } finally {
            model.release();
        }
    }

    private Optional<List<float[]>> logits(List<EncodedPair> pairs, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<float[]> rows = new ArrayList<>(pairs.size());
        while (rows.size() < pairs.size()) {
            List<EncodedPair> step = step(pairs.subList(rows.size(), pairs.size()));
            long left = deadline - System.nanoTime();
            int tokens = step.stream().mapToInt(EncodedPair::length).sum();
            CompletableFuture<List<float[]>> asked =
                    dispatcher.submitBehind(model, step, tokens, Duration.ofNanos(Math.max(0, left)));
            try {
                rows.addAll(asked.get(Math.max(1, left), TimeUnit.NANOSECONDS));
            } catch (TimeoutException busy) {
                asked.cancel(false);
                return Optional.empty();
            } catch (InterruptedException ended) {
                asked.cancel(false);
                throw ended;
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof TimeoutException) {
                    return Optional.empty();
                }
                throw new IllegalStateException("The second model failed", failure.getCause());
            }
        }
        return Optional.of(rows);
    }

    private static List<EncodedPair> step(List<EncodedPair> left) {
        int tokens = 0;
        int end = 0;
        while (end < left.size() && (end == 0 || tokens + left.get(end).length() <= TOKENS_OF_A_STEP)) {
            tokens += left.get(end++).length();
        }
        return left.subList(0, end);
    }

    /** A ranking that is under way ends first. */
    @Override
    public void close() {
        model.release();
    }
}
