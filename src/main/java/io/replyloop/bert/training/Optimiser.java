package io.replyloop.bert.training;

import java.util.function.IntToDoubleFunction;

/**
 * How the weights are updated from the gradients. Both functions take the step, from 0.
 *
 * @param rate the learning rate of a step
 * @param update applies the accumulated gradients, and returns their norm before clipping
 */
record Optimiser(IntToDoubleFunction rate, IntToDoubleFunction update) {
    static Optimiser of(AdamW adamW, Learner network) {
        return new Optimiser(adamW::rateAt, step -> network.update(adamW, step));
    }
}
