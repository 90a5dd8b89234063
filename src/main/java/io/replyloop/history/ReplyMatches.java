package io.replyloop.history;

import io.replyloop.gaps.SimilarReplies;
import io.replyloop.retrieval.PublishedMeanings.PublishedReply;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.lucene.util.VectorUtil;

/**
 * Finds the published reply that an agent's message says: in the same words but for numbers and what is filled in, or in
 * mostly the same words and with nearly the same meaning.
 */
final class ReplyMatches {
    /** Both are asked for: two replies of a shop may differ in one word that matters, or in all that do not. */
    private static final double NEAR_IN_WORDS = 0.6;

    private static final double NEAR_IN_MEANING = 0.85;

    private record One(UUID id, String text, Set<String> words) {}

    private final Map<String, UUID> byWording = new HashMap<>();
    private final Map<String, Set<One>> byWord = new HashMap<>();

    ReplyMatches(List<PublishedReply> replies) {
        for (PublishedReply reply : replies) {
            byWording.putIfAbsent(Wording.key(reply.text()), reply.id());
            Set<String> words = SimilarReplies.words(reply.text());
            One one = new One(reply.id(), reply.text(), words);
            words.forEach(word ->
                    byWord.computeIfAbsent(word, unknown -> new HashSet<>()).add(one));
        }
    }

    boolean isEmpty() {
        return byWording.isEmpty();
    }

    /** @param meaning of a text; null where there is no encoder */
    Optional<UUID> of(Wording wording, Function<String, float[]> meaning) {
        UUID same = byWording.get(wording.key());
        if (same != null) {
            return Optional.of(same);
        }
        if (meaning == null) {
            return Optional.empty();
        }
        Set<String> words = SimilarReplies.words(wording.text());
        Map<One, Integer> shared = new HashMap<>();
        words.forEach(word -> byWord.getOrDefault(word, Set.of()).forEach(one -> shared.merge(one, 1, Integer::sum)));
        return shared.entrySet().stream()
                .filter(one -> 2.0 * one.getValue() / (one.getKey().words().size() + words.size()) >= NEAR_IN_WORDS)
                .map(Map.Entry::getKey)
                .map(one -> Map.entry(one.id(), (double)
                        VectorUtil.dotProduct(meaning.apply(one.text()), meaning.apply(wording.text()))))
                .filter(one -> one.getValue() >= NEAR_IN_MEANING)
                .max(Comparator.comparingDouble((Map.Entry<UUID, Double> one) -> one.getValue())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }
}
