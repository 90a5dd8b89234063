package io.replyloop.bert.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link TrainingLoop} teaches a network. All that a step does follows from the seed and the step's number, so
 * that a run which is resumed ends with the weights of one that never stopped.
 */
interface Objective {
    Learner network();

    Optimiser optimiser();

    TrainingPlan plan();

    /** @param step from 0 */
    default int epochOf(int step) {
        return 0;
    }

    /**
     * Adds the gradients of a step's batch, and what the batch tells to the means, {@link Means#LOSS} at least.
     *
     * @param step from 0
     * @return units that went through the network, for the speed
     */
    int learn(int step, Means means);

    /** Measures the network as it is on what was held out. */
    default Evaluation evaluate(int stepsDone) {
        return Evaluation.NONE;
    }

    /** Puts the weights and moments of a state that was saved into the network. */
    void resume(TrainingState.Saved saved);

    /**
     * Writes the model.
     *
     * @param kept file with the weights that did best, or empty for those that the network has now
     */
    void write(Path out, Optional<Path> kept) throws IOException;
}
