package io.replyloop.bert.tokenizer;

import java.util.Arrays;

/** Token ids of one text without special tokens. Immutable, so that the ids of a reply can be cached and shared. */
public final class TokenIds {
    private final int[] ids;

    TokenIds(int[] ids) {
        this.ids = ids;
    }

    public int size() {
        return ids.length;
    }

    public int at(int index) {
        return ids[index];
    }

    /** The last tokens, at most {@code count}. */
    TokenIds last(int count) {
        return count >= ids.length ? this : new TokenIds(Arrays.copyOfRange(ids, ids.length - count, ids.length));
    }

    public int[] toArray() {
        return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "TokenIds" + Arrays.toString(ids);
    }
}
