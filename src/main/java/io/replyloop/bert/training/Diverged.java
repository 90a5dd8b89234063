package io.replyloop.bert.training;

/** The loss, a gradient or a logit is infinite or not a number, so the weights are useless. */
public final class Diverged extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param step from 0 */
    Diverged(int step) {
        super("the loss is no longer a number after step " + step + "; lower the learning rate, or train in FP32");
    }
}
