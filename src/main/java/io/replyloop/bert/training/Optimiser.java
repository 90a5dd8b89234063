package io.replyloop.bert.training;

import java.util.function.IntToDoubleFunction;

/**
 * How the gradients change the weights. Both functions take the step, from 0.
 *
 * @param rate the learning rate of a step
 * @param update makes a step with the gradients so far, and returns their norm before clipping
 */
record Optimiser(IntToDoubleFunction rate, IntToDoubleFunction update) {
    static Optimiser of(AdamW adamW, Learner network) {
        return new Optimiser(adamW::rateAt, step -> network.update(adamW, step));
    }
}
