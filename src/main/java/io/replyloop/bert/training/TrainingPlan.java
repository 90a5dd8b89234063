package io.replyloop.bert.training;

import java.util.function.IntPredicate;

/**
 * When to evaluate, save and stop. The predicates take the number of steps done.
 *
 * @param steps in total
 * @param reportEvery steps between reports; there is also one after each evaluation and after the last step
 * @param evaluates also called before the first step
 * @param patience evaluations without improvement after which the run stops; 0 disables early stopping
 */
record TrainingPlan(int steps, int reportEvery, IntPredicate evaluates, IntPredicate saves, int patience) {
    static final IntPredicate NEVER = step -> false;

    /** Never, if {@code steps} is 0. */
    static IntPredicate every(int steps) {
        return done -> steps > 0 && done > 0 && done % steps == 0;
    }

    /** @param worse evaluations since the best one */
    boolean goesOn(int stepsDone, int worse) {
        return stepsDone < steps && (patience == 0 || worse < patience);
    }

    boolean reports(int stepsDone) {
        return stepsDone == steps || every(reportEvery).test(stepsDone);
    }
}
