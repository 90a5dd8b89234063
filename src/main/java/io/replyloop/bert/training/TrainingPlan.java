package io.replyloop.bert.training;

import java.util.function.IntPredicate;

/**
 * What is done after which step. The predicates take the number of steps done.
 *
 * @param steps in all
 * @param reportEvery steps between reports; there is one after each evaluation, too, and after the last step
 * @param evaluates asked before the first step, too
 * @param patience evaluations without a better one after which the run stops; 0 never stops early
 */
record TrainingPlan(int steps, int reportEvery, IntPredicate evaluates, IntPredicate saves, int patience) {
    static final IntPredicate NEVER = step -> false;

    /** Never where {@code steps} is 0. */
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
