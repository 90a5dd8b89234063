package io.replyloop.bert.network;

import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Sequences laid end to end without padding: every matrix product runs over all tokens at once, and attention runs over
 * each run of sequences of equal length, which therefore need no mask.
 *
 * @param numbers ids, segments and positions of all tokens, then the row of each sequence's first token
 * @param layout tokens, sequences, then count and length of each run
 * @param sequences those whose result is wanted: the first of the layout's
 */
public record PackedBatch(long[] numbers, long[] layout, int tokens, int sequences) {
    /** A multiple of this many, which is next to nothing of what is filled. */
    private static final int FILLED = 32;

    private static final int FILLED_IF_FEW = 8;
    private static final int FEW_TOKENS = 128;

    /** @param pairs sorted so that equal lengths are neighbours */
    public static PackedBatch of(List<EncodedPair> pairs, int firstPosition) {
        return of(pairs, firstPosition, pairs.size());
    }

    /**
     * The same, with one more sequence at the end that nobody asks for, so that there are few numbers of tokens. A CPU's
     * packed products have code of their own for each number of rows, made when it is first seen and kept: with every
     * number up to 2,000 that took 400 MB.
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
                // What nobody asks for may be longer than there are positions.
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
     * What a network says of each pair, in their order. It is given those of similar length together.
     *
     * @param tokensAtOnce of a part at most, unless one pair alone has more
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

    /** Indexes of the pairs, shortest first; equal lengths keep their order. */
    public static List<Integer> byLength(List<EncodedPair> pairs) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> pairs.get(i).length()));
        return order;
    }
}
