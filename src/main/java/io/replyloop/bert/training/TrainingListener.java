package io.replyloop.bert.training;

/** Who watches a training run. Called on the thread of the run, between steps. */
public interface TrainingListener {
    /** What a run should do next. */
    enum Wish {
        GO_ON,
        /**
         * Stop before the next step and end with the weights that did best so far. What has been learned since the last
         * evaluation is evaluated first.
         */
        FINISH,
        /** Save the state and stop with {@link Suspended}; the same call goes on from there. */
        SUSPEND
    }

    /** Called once, before anything else: with 0, or with the step that an earlier process had saved. */
    default void begins(int step) {}

    /** What is thrown here ends the run, whose last state stays; the same call goes on from it. */
    default void progress(TrainingProgress progress) {}

    /** Asked before each step. */
    default Wish wish() {
        return Wish.GO_ON;
    }

    /**
     * A run that is told so stops before its next step with a {@link java.util.concurrent.CancellationException}, and
     * leaves no state to go on from.
     */
    default boolean cancelled() {
        return false;
    }
}
