package io.replyloop.bert.tokenizer;

import java.util.Arrays;

/** One pair as the network reads it: ids including special tokens, and the segment of each. */
public final class EncodedPair {
    private final int[] ids;
    private final byte[] segments;

    public EncodedPair(int[] ids, byte[] segments) {
        if (ids.length == 0 || ids.length != segments.length) {
            throw new IllegalArgumentException("a pair needs at least one token, and one segment per token");
        }
        this.ids = ids;
        this.segments = segments;
    }

    public int length() {
        return ids.length;
    }

    public int id(int index) {
        return ids[index];
    }

    public int segment(int index) {
        return segments[index];
    }

    public int[] ids() {
        return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedPair that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(segments, that.segments);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }
}
