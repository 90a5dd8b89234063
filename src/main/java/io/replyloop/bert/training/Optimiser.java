package io.replyloop.bert.training;

/** How the gradients of a step change the weights, and by which schedule of learning rates. */
interface Optimiser {
    /** @param step from 0 */
    double rateAt(int step);

    /**
     * Makes a step with the gradients so far.
     *
     * @return their norm before clipping
     */
    double update(int step);

    static Optimiser of(AdamW adamW, Learner network) {
        return new Optimiser() {
            @Override
            public double rateAt(int step) {
                return adamW.rateAt(step);
            }

            @Override
            public double update(int step) {
                return network.update(adamW, step);
            }
        };
    }
}
