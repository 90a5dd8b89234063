package io.replyloop.bert.network;

import io.replyloop.bert.tokenizer.EncodedImpression;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.List;

/**
 * A batch of concatenated impressions, each as one sequence: the context with a [CLS], then every reply with its own
 * [CLS], at the positions that it would have in a separate pair. The context attends to no reply but the first.
 *
 * @param batch rows of [CLS]: those of the contexts first, then those of all replies, impression by impression
 * @param blocks per token: -1 for the context's [CLS], 0 for the context, k for the k-th reply, -2 for padding
 * @param labels how well each reply fits; they add up to 1 in each impression
 * @param groups the impression of each reply
 */
public record SharedContextBatch(PackedBatch batch, long[] blocks, float[] labels, long[] groups, long[] topics) {
    private static final long PADDING = -2;
    private static final int PADDED_TO = 64;

    /** @param padded whether all impressions are padded to the longest, so that one call processes them all */
    public static SharedContextBatch of(List<EncodedImpression> impressions, int firstPosition, boolean padded) {
        int longest = padded
                ? paddedLength(impressions.stream()
                        .mapToInt(EncodedImpression::tokens)
                        .max()
                        .orElse(0))
                : 0;
        int tokens = padded
                ? impressions.size() * longest
                : impressions.stream().mapToInt(EncodedImpression::tokens).sum();
        int replies = impressions.stream()
                .mapToInt(impression -> impression.pairs().size())
                .sum();
        int contexts = impressions.size();
        long[] numbers = new long[3 * tokens + contexts + replies];
        long[] layout = new long[padded ? 4 : 2 + 2 * contexts];
        long[] blocks = new long[tokens];
        float[] labels = new float[replies];
        long[] groups = new long[replies];
        long[] topics = new long[contexts];
        layout[0] = tokens;
        layout[1] = contexts + replies;
        int row = 0;
        int reply = 0;
        for (int n = 0; n < contexts; n++) {
            EncodedImpression impression = impressions.get(n);
            if (!padded) {
                layout[2 + 2 * n] = 1;
                layout[3 + 2 * n] = impression.tokens();
            }
            topics[n] = impression.topic();
            numbers[3 * tokens + n] = row;
            EncodedPair first = impression.pairs().get(0);
            for (int i = 0; i < impression.context(); i++) {
                put(numbers, tokens, row, first, i, firstPosition);
                blocks[row++] = i == 0 ? -1 : 0;
            }
            for (int k = 0; k < impression.pairs().size(); k++) {
                EncodedPair pair = impression.pairs().get(k);
                numbers[3 * tokens + contexts + reply] = row;
                labels[reply] = impression.shares().get(k).floatValue();
                groups[reply++] = n;
                put(numbers, tokens, row, pair, 0, firstPosition);
                blocks[row++] = k + 1;
                for (int i = impression.context(); i < pair.length(); i++) {
                    put(numbers, tokens, row, pair, i, firstPosition);
                    blocks[row++] = k + 1;
                }
            }
            for (int end = padded ? (n + 1) * longest : row; row < end; row++) {
                numbers[2 * tokens + row] = firstPosition;
                blocks[row] = PADDING;
            }
        }
        if (padded) {
            layout[2] = contexts;
            layout[3] = longest;
        }
        return new SharedContextBatch(
                new PackedBatch(numbers, layout, tokens, contexts + replies), blocks, labels, groups, topics);
    }

    /** Rounds lengths, so that a GPU's memory is not fragmented by many different sizes. */
    public static int paddedLength(int tokens) {
        return (tokens + PADDED_TO - 1) / PADDED_TO * PADDED_TO;
    }

    private static void put(long[] numbers, int tokens, int row, EncodedPair pair, int index, int firstPosition) {
        numbers[row] = pair.id(index);
        numbers[tokens + row] = pair.segment(index);
        numbers[2 * tokens + row] = firstPosition + index;
    }
}
