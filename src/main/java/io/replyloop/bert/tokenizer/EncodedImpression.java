package io.replyloop.bert.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An impression whose pairs all truncate the context at the same place.
 *
 * @param fitting index of the pair that fits
 * @param shares how well each pair fits; they add up to 1
 */
public record EncodedImpression(List<EncodedPair> pairs, int fitting, List<Double> shares, int context, int topic) {
    /** Returns the same impression with another reply in first place. */
    public EncodedImpression withFirst(int index) {
        List<EncodedPair> order = new ArrayList<>(pairs);
        Collections.swap(order, 0, index);
        List<Double> moved = new ArrayList<>(shares);
        Collections.swap(moved, 0, index);
        return new EncodedImpression(
                order, fitting == index ? 0 : fitting == 0 ? index : fitting, moved, context, topic);
    }

    public int tokens() {
        int tokens = context;
        for (EncodedPair pair : pairs) {
            tokens += 1 + pair.length() - context;
        }
        return tokens;
    }
}
