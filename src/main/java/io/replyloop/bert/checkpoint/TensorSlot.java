package io.replyloop.bert.checkpoint;

/**
 * A tensor that the network needs, under its Hugging Face name.
 *
 * @param part the encoder, which must exist, or a head, which may be fresh
 * @param layer index of the encoder layer, or -1
 */
public record TensorSlot(String name, long[] shape, Kind kind, Part part, int layer) {
    public enum Kind {
        WEIGHT,
        BIAS,
        NORM_WEIGHT,
        NORM_BIAS,
        /** The slot of a tensor that this family does not have. */
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

    /** BERT's weight decay is not applied to biases and norms. */
    public boolean decays() {
        return kind == Kind.WEIGHT;
    }
}
