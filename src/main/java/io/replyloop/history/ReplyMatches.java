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
    private static final Pattern THOUSANDS = Pattern.compile(",(?=\\p{N}{3}(?!\\p{N}))");
    private static final int SHORTEST_REFERENCE = 4;
    private static final Pattern TO_BE_FILLED_IN = Pattern.compile(TurningWords.TO_BE_FILLED_IN);

    private record One(UUID id, String text, Set<String> words, List<String> turning) {}

    /** A reply that a message may say. */
    record Candidate(UUID id, List<String> turning, boolean inTheSameWords) {
        /**
         * Whether the message says neither more nor less. What is to be filled in may be a name, a number or several, or be
         * left out; where its words differ, the message may name an order or the like as well.
         */
        boolean isSaidBy(List<String> message) {
            // Up to which places of the reply the message may have come.
            boolean[] at = new boolean[turning.size() + 1];
            at[0] = true;
            leaveOut(at);
            for (String word : message) {
                boolean[] next = new boolean[at.length];
                for (int place = 0; place < at.length; place++) {
                    if (!at[place]) {
                        continue;
                    }
                    String wanted = place < turning.size() ? turning.get(place) : "";
                    if (word.equals(wanted)) {
                        next[place + 1] = true;
                    }
                    boolean fillsIn = TurningWords.isToBeFilledIn(wanted) && isOfOneCustomer(word);
                    boolean besides = !inTheSameWords && isReference(word);
                    next[place] |= fillsIn || besides;
                }
                leaveOut(next);
                at = next;
            }
            return at[turning.size()];
        }

        private void leaveOut(boolean[] at) {
            for (int place = 0; place < turning.size(); place++) {
                at[place + 1] |= at[place] && TurningWords.isToBeFilledIn(turning.get(place));
            }
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
            One one = new One(reply.id(), reply.text(), words, facts(reply.text()));
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

    /** What must be the same, in its order: "20 $" is "$20", and "1,200" is "1200". */
    private static List<String> facts(String text) {
        List<String> facts = new ArrayList<>();
        for (String token : TurningWords.tokens(text)) {
            if (isCurrency(token) && follows(facts)) {
                facts.add(facts.size() - 1, token);
            } else if (TurningWords.turns(token) || TurningWords.isToBeFilledIn(token)) {
                facts.add(THOUSANDS.matcher(token).replaceAll(""));
            }
        }
        return facts;
    }

    /** Whether a number ends it that has no currency yet. */
    private static boolean follows(List<String> facts) {
        int last = facts.size() - 1;
        return last >= 0 && TurningWords.isNumber(facts.get(last)) && (last == 0 || !isCurrency(facts.get(last - 1)));
    }

    private static boolean isCurrency(String token) {
        return Character.getType(token.codePointAt(0)) == Character.CURRENCY_SYMBOL;
    }

    boolean isEmpty() {
        return byWording.isEmpty();
    }

    /** The likest of the candidates that a message says. */
    static Optional<UUID> said(List<Candidate> candidates, String message) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        List<String> turning = facts(message);
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
