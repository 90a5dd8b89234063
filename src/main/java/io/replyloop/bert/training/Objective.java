package io.replyloop.bert.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link TrainingLoop} trains. A step depends only on the seed and the step's number, so that a resumed run ends
 * with the same weights as an uninterrupted one.
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
     * Adds the gradients of a step's batch, and its figures to the means, at least {@link Means#LOSS}.
     *
     * @param step from 0
     * @return units processed by the network, for the speed
     */
    int learn(int step, Means means);

    /** Evaluates the current network on the held-out examples. */
    default Evaluation evaluate(int stepsDone) {
        return Evaluation.NONE;
    }

    /** Loads the weights and moments of a saved state into the network. */
    void resume(TrainingState.Saved saved);

    /**
     * Writes the model.
     *
     * @param kept file with the best weights; empty for the network's current weights
     */
    void write(Path out, Optional<Path> kept) throws IOException;
}
