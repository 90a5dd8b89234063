package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.List;

/** A network that learns: the gradients of several micro-batches add up until {@link #update}. */
public interface Learner extends AutoCloseable {
    /**
     * Adds the gradients of one micro-batch.
     *
     * @param groups index of the impression of each pair, used by the list-wise loss alone
     * @param weight what each pair's loss counts: one over the pairs, or impressions, of the whole batch
     * @return the weighted sum of the losses
     */
    double learn(List<EncodedPair> pairs, float[] labels, long[] groups, Loss loss, double weight, long seed);

    /** One step of the optimiser with the gradients so far; returns their norm before clipping. */
    double update(AdamW optimiser, int step);

    /** How many tokens a micro-batch should have, and may have at most unless one impression alone has more. */
    int tokensAtOnce();

    /** Logits without dropout. */
    float[][] evaluate(List<EncodedPair> pairs);

    /** The fp32 weights as they are now, under their names in the checkpoint. */
    List<SafetensorsWriter.Tensor> weights();

    /** Step count and moments of the optimiser, for going on later. */
    List<SafetensorsWriter.Tensor> moments();

    @Override
    void close();
}
