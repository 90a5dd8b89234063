package io.replyloop.ranking;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.model.ModelVersionView;
import io.replyloop.retrieval.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model in memory with a reference count. It starts with one user, the ranker that serves it; each request is another
 * while it lasts. Once the ranker has released the model, the last request closes it, so a swap interrupts no request.
 */
final class LoadedModel implements Dispatcher.Scorer<EncodedPair> {
    private record ReplyKey(UUID reply, int version) {}

    private final ModelVersionView version;
    private final CrossEncoder encoder;
    private final FinalScore finalScore;
    private final int cachedReplies;
    private final Map<ReplyKey, TokenIds> replies = new ConcurrentHashMap<>();
    private final Speed speed;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Takes ownership of an open model and will close it. */
    LoadedModel(ModelVersionView version, OpenModel open, int cachedReplies) {
        this.version = version;
        this.encoder = open.encoder();
        this.finalScore = open.finalScore();
        this.speed = open.speed();
        this.cachedReplies = cachedReplies;
    }

    UUID id() {
        return version.id();
    }

    long number() {
        return version.number();
    }

    /** Tokens that the device processes in a second, as far as is known. */
    double tokensPerSecond() {
        return speed.tokensPerSecond();
    }

    FinalScore finalScore() {
        return finalScore;
    }

    /**
     * Encodes as many candidates as fit into the token budget, starting with the first, but no fewer than
     * {@code fewest}.
     */
    List<EncodedPair> encode(String query, List<Candidate> candidates, double tokens, int fewest) {
        TokenIds question = encoder.tokenize(query);
        List<EncodedPair> pairs = new ArrayList<>(candidates.size());
        int used = 0;
        for (Candidate candidate : candidates) {
            EncodedPair pair = encoder.pair(question, replyIds(candidate));
            used += pair.length();
            if (used > tokens && pairs.size() >= fewest) {
                break;
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private TokenIds replyIds(Candidate candidate) {
        // Old versions of replies are never requested again. Clearing the cache once in a long while is cheaper than
        // keeping it in order of use at every hit.
        if (replies.size() >= cachedReplies) {
            replies.clear();
        }
        return replies.computeIfAbsent(
                new ReplyKey(candidate.reply(), candidate.version()), key -> encoder.tokenize(candidate.text()));
    }

    @Override
    public List<float[]> logits(List<EncodedPair> pairs) {
        // Counted as a user of its own, because the requests may give up while the network is still computing.
        if (!acquire()) {
            throw new IllegalStateException("The model was closed because nobody was waiting for it any more");
        }
        try {
            long started = System.nanoTime();
            List<float[]> logits = encoder.logits(pairs);
            speed.measured(pairs.stream().mapToInt(EncodedPair::length).sum(), System.nanoTime() - started);
            return logits;
        } finally {
            release();
        }
    }

    /** Returns false if the model is closed already. */
    boolean acquire() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            encoder.close();
        }
    }

    boolean isClosed() {
        return users.get() == 0;
    }
}
