package io.replyloop.history;

import io.replyloop.gaps.SimilarReplies;
import io.replyloop.knowledge.TurningWords;
import io.replyloop.retrieval.PublishedMeanings.PublishedReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.lucene.util.VectorUtil;

/**
 * Finds the published reply that an agent's message says: in the same words, or in mostly the same words and with nearly
 * the same meaning. Numbers, currencies, negations and conditions must be those of the reply: "within 14 days" does not say
 * what "within 30 days" says. Where the reply leaves something to be filled in, the message may have anything of the kind.
 */
final class ReplyMatches {
    /** Both are asked for: two replies of a shop may differ in one word that matters, or in all that do not. */
    private static final double NEAR_IN_WORDS = 0.6;

    private static final double NEAR_IN_MEANING = 0.85;
    private static final int SHORTEST_REFERENCE = 4;
    private static final Pattern TO_BE_FILLED_IN = Pattern.compile("\\[\\w+]|\\{\\{[^{}]{0,60}}}");

    private record One(UUID id, String text, Set<String> words, List<String> turning) {}

    /** A reply that a message may say. */
    record Candidate(UUID id, List<String> turning, boolean inTheSameWords) {
        /** Whether the message says neither more nor less; where its words differ, it may name an order or the like as well. */
        boolean isSaidBy(List<String> message) {
            int said = 0;
            for (String word : message) {
                if (said < turning.size() && fits(word, turning.get(said))) {
                    said++;
                } else if (inTheSameWords || !isReference(word)) {
                    return false;
                }
            }
            return said == turning.size();
        }

        private static boolean fits(String word, String reply) {
            return word.equals(reply) || TurningWords.isToBeFilledIn(reply) && isOfOneCustomer(word);
        }

        /** A number as long as this is no price and no number of days. */
        private static boolean isReference(String word) {
            return TurningWords.isToBeFilledIn(word) || word.matches("\\p{N}{" + SHORTEST_REFERENCE + ",}");
        }

        private static boolean isOfOneCustomer(String word) {
            return TurningWords.isNumber(word) || TurningWords.isToBeFilledIn(word);
        }
    }

    private final Map<String, List<One>> byWording = new HashMap<>();
    private final Map<String, Set<One>> byWord = new HashMap<>();

    ReplyMatches(List<PublishedReply> replies) {
        for (PublishedReply reply : replies) {
            Set<String> words = SimilarReplies.words(reply.text());
            One one = new One(reply.id(), reply.text(), words, TurningWords.of(reply.text()));
            byWording
                    .computeIfAbsent(key(reply.text()), unknown -> new ArrayList<>())
                    .add(one);
            words.forEach(word ->
                    byWord.computeIfAbsent(word, unknown -> new HashSet<>()).add(one));
        }
    }

    /** What is to be filled in is like a number. */
    private static String key(String text) {
        return Wording.key(TO_BE_FILLED_IN.matcher(text).replaceAll("0"));
    }

    boolean isEmpty() {
        return byWording.isEmpty();
    }

    /** The likest of the candidates that a message says. */
    static Optional<UUID> said(List<Candidate> candidates, String message) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        List<String> turning = TurningWords.of(message);
        return candidates.stream()
                .filter(candidate -> candidate.isSaidBy(turning))
                .map(Candidate::id)
                .findFirst();
    }

    /**
     * The replies that messages of a wording may say, the likest first.
     *
     * @param meaning of a text; null where there is no encoder
     */
    List<Candidate> candidates(Wording wording, Function<String, float[]> meaning) {
        List<Candidate> candidates = new ArrayList<>();
        byWording
                .getOrDefault(key(wording.text()), List.of())
                .forEach(one -> candidates.add(new Candidate(one.id(), one.turning(), true)));
        if (meaning == null) {
            return candidates;
        }
        Set<String> words = SimilarReplies.words(wording.text());
        Map<One, Integer> shared = new HashMap<>();
        words.forEach(word -> byWord.getOrDefault(word, Set.of()).forEach(one -> shared.merge(one, 1, Integer::sum)));
        shared.entrySet().stream()
                .filter(one -> 2.0 * one.getValue() / (one.getKey().words().size() + words.size()) >= NEAR_IN_WORDS)
                .map(Map.Entry::getKey)
                .map(one -> Map.entry(
                        one, (double) VectorUtil.dotProduct(meaning.apply(one.text()), meaning.apply(wording.text()))))
                .filter(one -> one.getValue() >= NEAR_IN_MEANING)
                .sorted(Comparator.comparingDouble((Map.Entry<One, Double> one) -> -one.getValue())
                        .thenComparing(one -> one.getKey().id()))
                .map(one -> new Candidate(one.getKey().id(), one.getKey().turning(), false))
                .forEach(candidates::add);
        return candidates;
    }
}
