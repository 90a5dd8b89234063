package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.List;

/** A trainable network: the gradients of several micro-batches accumulate until {@link #update}. */
public interface Learner extends AutoCloseable {
    /**
     * Adds the gradients of one micro-batch.
     *
     * @param groups index of the impression of each pair, used only by the list-wise loss
     * @param weight of each pair's loss: the inverse of the number of pairs, or impressions, in the whole batch
     * @return the weighted sum of the losses
     */
    double learn(List<EncodedPair> pairs, float[] labels, long[] groups, Loss loss, double weight, long seed);

    /** Performs an optimiser step with the accumulated gradients; returns their norm before clipping. */
    double update(AdamW optimiser, int step);

    /** The recommended number of tokens of a micro-batch, and the maximum unless a single impression has more. */
    int tokensAtOnce();

    /** Logits without dropout. */
    float[][] evaluate(List<EncodedPair> pairs);

    /** The current fp32 weights, under their names in the checkpoint. */
    List<SafetensorsWriter.Tensor> weights();

    /** Step count and moments of the optimiser, for resuming. */
    List<SafetensorsWriter.Tensor> moments();

    @Override
    void close();
}
