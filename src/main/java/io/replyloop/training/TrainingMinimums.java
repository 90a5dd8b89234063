package io.replyloop.training;

import io.replyloop.dataset.Material;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much a run needs before it is worth its time: enough decisions, some of either kind, more than one reply, and
 * conversations to measure with. The same rules hold for a start by hand, for the schedule and for the meter. An admin may
 * go below most of them, to try it out, down to what can be learned from and measured at all.
 */
final class TrainingMinimums {
    /** Of the decisions, at least this part has to give an example of either kind. */
    private static final long PART_OF_EITHER_KIND = 4;

    private static final long REPLIES = 2;
    private static final long LEAST_DECISIONS = 2;

    private final long decisions;
    private final long heldOut;

    TrainingMinimums(long decisions, long heldOut) {
        this.decisions = Math.max(LEAST_DECISIONS, decisions);
        this.heldOut = Math.max(1, heldOut);
    }

    static TrainingMinimums of(TrainingConfig config) {
        return new TrainingMinimums(config.minimumDecisions(), config.minimumHeldOut());
    }

    long decisions() {
        return decisions;
    }

    List<Requirement> requirements(Material material) {
        long either = Math.max(1, decisions / PART_OF_EITHER_KIND);
        return List.of(
                new Requirement(MinimumRule.DECISIONS, material.decisions(), decisions, LEAST_DECISIONS),
                new Requirement(MinimumRule.FITTING, material.fitting(), either, 1),
                new Requirement(MinimumRule.NOT_FITTING, material.notFitting(), either, 1),
                new Requirement(MinimumRule.REPLIES, material.replies(), REPLIES, REPLIES),
                new Requirement(MinimumRule.HELD_OUT, material.heldOut(), heldOut, 1));
    }

    List<Requirement> missing(Material material) {
        return requirements(material).stream().filter(one -> !one.suffices()).toList();
    }

    /**
     * @param anyway whether an admin wants the run although there is too little
     * @throws Problem that names the first thing that is missing, how much of it, and what to do; what else is missing, the
     *     meter shows
     */
    void require(Material material, boolean anyway) {
        Optional<Requirement> first = missing(material).stream()
                .filter(one -> !anyway || !one.mayBeOverridden())
                .findFirst();
        if (first.isPresent()) {
            Requirement missing = first.get();
            throw Problem.ofField(
                    missing.rule() == MinimumRule.HELD_OUT
                            ? ProblemCode.TOO_FEW_CONVERSATIONS
                            : ProblemCode.TOO_FEW_EXAMPLES,
                    "run",
                    FieldRule.WRONG,
                    Map.of("why", missing.rule().wireName(), "entry", String.valueOf(missing.missing())),
                    "A run still needs " + missing.inEnglish() + ". " + missing.whatToDo());
        }
    }
}
