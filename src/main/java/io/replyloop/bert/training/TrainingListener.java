package io.replyloop.bert.training;

/** Observes a training run. Called on the thread of the run, between steps or batches. */
public interface TrainingListener {
    /** What a run should do next. */
    enum Wish {
        GO_ON,
        /** Stop before the next step and keep the best weights so far. The current weights are evaluated first. */
        FINISH,
        /** Save the state and stop with {@link Suspended}; the same call resumes from it. */
        SUSPEND
    }

    /** What a micro-batch is for: one that measures takes a third of the time, having no gradients to compute. */
    enum Batch {
        LEARNING,
        MEASURING
    }

    /** Called once, before anything else, with 0 or the last step saved by an earlier process. */
    default void begins(int step) {}

    /** An exception ends the run but keeps its last state, from which the same call resumes. */
    default void progress(TrainingProgress progress) {}

    /** Asked before each step. */
    default Wish wish() {
        return Wish.GO_ON;
    }

    /** Called before each micro-batch; the run goes on when it returns. */
    default void beforeBatch(Batch kind) {}

    /**
     * If true, the run stops before its next step with a {@link java.util.concurrent.CancellationException} and leaves
     * no state.
     */
    default boolean cancelled() {
        return false;
    }
}
