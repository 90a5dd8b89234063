package io.replyloop.bert.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns WordPiece tokens from word counts like Hugging Face's {@code WordPieceTrainer}: byte-pair merges (Sennrich et
 * al., 2016) by frequency over characters, with those inside a word marked by {@code ##}. Ties are broken by spelling,
 * so that the same text always gives the same vocabulary.
 */
final class WordPieceLearner {

    static final String CONTINUATION = "##";
    private static final int LONGEST_WORD = 100;

    private record Merge(long pair, long count, String spelling) {}

    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<Long, Long> pairCounts = new HashMap<>();
    private final Map<Long, Set<Integer>> wordsOfPair = new HashMap<>();

    /**
     * @param always tokens that the vocabulary must contain, in this order (special tokens, then characters)
     * @param minimum how often a pair or a character must occur to become a token
     */
    List<String> learn(Map<String, Long> wordCounts, List<String> always, int size, long minimum) {
        Set<String> vocabulary = new LinkedHashSet<>(always);
        addAlphabet(wordCounts, vocabulary, minimum);
        if (vocabulary.size() > size) {
            throw new IllegalArgumentException("A vocabulary of " + size + " cannot hold the " + vocabulary.size()
                    + " special tokens and characters that it starts from; ask for more.");
        }
        spell(wordCounts, vocabulary);
        PriorityQueue<Merge> queue = new PriorityQueue<>(
                Comparator.comparingLong(Merge::count).reversed().thenComparing(Merge::spelling));
        pairCounts.forEach((pair, count) -> offer(queue, pair, count, minimum));
        while (vocabulary.size() < size && !queue.isEmpty()) {
            Merge merge = queue.poll();
            long now = pairCounts.getOrDefault(merge.pair, 0L);
            if (now != merge.count) {
                offer(queue, merge.pair, now, minimum);
                continue;
            }
            int merged = symbol(merge.spelling);
            vocabulary.add(merge.spelling);
            for (long changed : replace(merge.pair, merged)) {
                offer(queue, changed, pairCounts.getOrDefault(changed, 0L), minimum);
            }
        }
        return List.copyOf(vocabulary);
    }

    private static void addAlphabet(Map<String, Long> wordCounts, Set<String> vocabulary, long minimum) {
        Map<String, Long> characters = new HashMap<>();
        wordCounts.forEach((word, count) -> {
            boolean first = true;
            for (int c : word.codePoints().toArray()) {
                characters.merge((first ? "" : CONTINUATION) + Character.toString(c), count, Long::sum);
                first = false;
            }
        });
        characters.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimum)
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(vocabulary::add);
    }

    private void spell(Map<String, Long> wordCounts, Set<String> vocabulary) {
        Map<String, Long> ordered = new LinkedHashMap<>();
        wordCounts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        ordered.forEach((word, count) -> {
            int[] characters = word.codePoints().toArray();
            int[] spelled = new int[characters.length];
            for (int i = 0; i < characters.length; i++) {
                String symbol = (i == 0 ? "" : CONTINUATION) + Character.toString(characters[i]);
                if (!vocabulary.contains(symbol)) {
                    return;
                }
                spelled[i] = symbol(symbol);
            }
            if (spelled.length > 1 && spelled.length <= LONGEST_WORD) {
                words.add(spelled);
                counts.add(count);
                count(spelled, words.size() - 1, count);
            }
        });
    }

    private void count(int[] word, int index, long count) {
        for (int i = 0; i + 1 < word.length; i++) {
            long pair = pair(word[i], word[i + 1]);
            pairCounts.merge(pair, count, Long::sum);
            if (count > 0) {
                wordsOfPair.computeIfAbsent(pair, key -> new LinkedHashSet<>()).add(index);
            }
        }
    }

    /** Replaces the pair in every word by the merged symbol; returns the pairs whose counts have increased. */
    private Set<Long> replace(long pair, int merged) {
        int left = (int) (pair >>> 32);
        int right = (int) pair;
        Set<Long> changed = new LinkedHashSet<>();
        Set<Integer> affected = wordsOfPair.remove(pair);
        for (int index : affected) {
            int[] word = words.get(index);
            int[] shorter = new int[word.length];
            int length = 0;
            for (int i = 0; i < word.length; i++) {
                boolean here = i + 1 < word.length && word[i] == left && word[i + 1] == right;
                shorter[length++] = here ? merged : word[i];
                i += here ? 1 : 0;
            }
            if (length == word.length) {
                continue;
            }
            shorter = Arrays.copyOf(shorter, length);
            count(word, index, -counts.get(index));
            count(shorter, index, counts.get(index));
            words.set(index, shorter);
            for (int i = 0; i + 1 < length; i++) {
                if (shorter[i] == merged || shorter[i + 1] == merged) {
                    changed.add(pair(shorter[i], shorter[i + 1]));
                }
            }
        }
        pairCounts.remove(pair);
        return changed;
    }

    private void offer(PriorityQueue<Merge> queue, long pair, long count, long minimum) {
        if (count >= minimum) {
            String right = symbols.get((int) pair);
            queue.add(
                    new Merge(pair, count, symbols.get((int) (pair >>> 32)) + right.substring(CONTINUATION.length())));
        }
    }

    private int symbol(String spelling) {
        return ids.computeIfAbsent(spelling, key -> {
            symbols.add(key);
            return symbols.size() - 1;
        });
    }

    private static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }
}
