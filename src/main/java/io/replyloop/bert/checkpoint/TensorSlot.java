package io.replyloop.bert.checkpoint;

/**
 * A tensor that the network needs, under the name that Hugging Face gives it.
 *
 * @param part where it belongs: the encoder must be there, a head may be fresh
 * @param layer index of the encoder layer, or -1
 */
public record TensorSlot(String name, long[] shape, Kind kind, Part part, int layer) {
    public enum Kind {
        WEIGHT,
        BIAS,
        NORM_WEIGHT,
        NORM_BIAS,
        /** The place of a tensor that this family does not have. */
        ABSENT
    }

    public enum Part {
        EMBEDDINGS,
        ENCODER,
        HEAD
    }

    public long count() {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count;
    }

    /** BERT's weight decay leaves biases and norms alone. */
    public boolean decays() {
        return kind == Kind.WEIGHT;
    }
}
