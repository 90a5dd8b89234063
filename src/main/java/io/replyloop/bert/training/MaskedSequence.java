package io.replyloop.bert.training;

/**
 * A training sequence for masked language modelling.
 *
 * @param ids token ids with special tokens, some of them masked
 * @param segments 0 for the context, 1 for the turn that follows it
 * @param targets the original id where the network has to predict it, {@link #NOT_ASKED} elsewhere
 */
public record MaskedSequence(int[] ids, byte[] segments, int[] targets) {

    /** The index that PyTorch's cross-entropy ignores. */
    public static final int NOT_ASKED = -100;

    public MaskedSequence {
        if (ids.length == 0 || ids.length != segments.length || ids.length != targets.length) {
            throw new IllegalArgumentException("a sequence needs one segment and one target per token");
        }
    }

    public int length() {
        return ids.length;
    }

    public int asked() {
        int asked = 0;
        for (int target : targets) {
            asked += target == NOT_ASKED ? 0 : 1;
        }
        return asked;
    }
}
