package io.replyloop.bert.network;

import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Sequences concatenated without padding: every matrix product runs over all tokens at once, and attention over each
 * run of sequences of equal length, which therefore needs no mask.
 *
 * @param numbers ids, segments and positions of all tokens, then the row of each sequence's first token
 * @param layout tokens, sequences, then count and length of each run
 * @param sequences number of sequences whose result is wanted, the first ones of the layout
 */
public record PackedBatch(long[] numbers, long[] layout, int tokens, int sequences) {
    /** Batches are filled up to a multiple of this; the overhead is negligible. */
    private static final int FILLED = 32;

    private static final int FILLED_IF_FEW = 8;
    private static final int FEW_TOKENS = 128;

    /** @param pairs sorted so that those of equal length are neighbours */
    public static PackedBatch of(List<EncodedPair> pairs, int firstPosition) {
        return of(pairs, firstPosition, pairs.size());
    }

    /**
     * The same with a dummy sequence at the end, which limits the number of distinct token counts. On CPUs, packed
     * products compile and keep code for every number of rows they encounter: for all counts up to 2,000, this took 400
     * MB.
     */
    static PackedBatch filled(List<EncodedPair> pairs, int firstPosition) {
        int tokens = pairs.stream().mapToInt(EncodedPair::length).sum();
        int multiple = tokens <= FEW_TOKENS ? FILLED_IF_FEW : FILLED;
        int missing = -tokens & (multiple - 1);
        if (missing == 0) {
            return of(pairs, firstPosition);
        }
        List<EncodedPair> all = new ArrayList<>(pairs);
        all.add(new EncodedPair(new int[missing], new byte[missing]));
        return of(all, firstPosition, pairs.size());
    }

    private static PackedBatch of(List<EncodedPair> pairs, int firstPosition, int wanted) {
        int tokens = pairs.stream().mapToInt(EncodedPair::length).sum();
        long[] numbers = new long[3 * tokens + pairs.size()];
        List<Long> layout = new ArrayList<>(List.of((long) tokens, (long) pairs.size()));
        int row = 0;
        for (int p = 0; p < pairs.size(); p++) {
            EncodedPair pair = pairs.get(p);
            int length = pair.length();
            numbers[3 * tokens + p] = row;
            for (int i = 0; i < length; i++) {
                numbers[row] = pair.id(i);
                numbers[tokens + row] = pair.segment(i);
                // The dummy sequence may be longer than there are positions.
                numbers[2 * tokens + row] = firstPosition + (p < wanted ? i : 0);
                row++;
            }
            int last = layout.size() - 1;
            if (p > 0 && layout.get(last) == length) {
                layout.set(last - 1, layout.get(last - 1) + 1);
            } else {
                layout.add(1L);
                layout.add((long) length);
            }
        }
        return new PackedBatch(
                numbers, layout.stream().mapToLong(Long::longValue).toArray(), tokens, wanted);
    }

    /**
     * Computes the network's output for each pair, in the order of the pairs. Pairs of similar length are batched
     * together.
     *
     * @param tokensAtOnce maximum tokens of a part, unless a single pair has more
     */
    public static float[][] inParts(
            List<EncodedPair> pairs, int tokensAtOnce, Function<List<EncodedPair>, float[][]> network) {
        float[][] results = new float[pairs.size()][];
        List<Integer> order = byLength(pairs);
        for (int from = 0; from < order.size(); ) {
            int to = from;
            int tokens = 0;
            while (to < order.size()
                    && (to == from || tokens + pairs.get(order.get(to)).length() <= tokensAtOnce)) {
                tokens += pairs.get(order.get(to++)).length();
            }
            List<Integer> part = order.subList(from, to);
            float[][] rows = network.apply(part.stream().map(pairs::get).toList());
            for (int i = 0; i < rows.length; i++) {
                results[part.get(i)] = rows[i];
            }
            from = to;
        }
        return results;
    }

    /** Indexes of the pairs, shortest first; pairs of equal length keep their order. */
    public static List<Integer> byLength(List<EncodedPair> pairs) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> pairs.get(i).length()));
        return order;
    }
}
