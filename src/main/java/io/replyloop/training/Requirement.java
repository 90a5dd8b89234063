package io.replyloop.training;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One minimum and how far it is.
 *
 * @param least below this, no admin can start a run all the same: it could not learn or not be measured
 */
@Schema(name = "TrainingRequirement")
public record Requirement(
        @Schema(
                description = "What there has to be enough of",
                examples = "decisions",
                required = true,
                type = SchemaType.STRING,
                implementation = String.class,
                enumeration = {"decisions", "fitting", "not-fitting", "replies", "held-out"})
        MinimumRule rule,

        @Schema(description = "How many there are", examples = "12", required = true)
        long have,

        @Schema(description = "How many it takes", examples = "20", required = true)
        long need,

        @Schema(
                description = "With how many, at least, an admin may start a run all the same",
                examples = "2",
                required = true)
        long least) {

    private static final int CONVERSATIONS_TO_ONE_HELD_OUT = 5;

    boolean suffices() {
        return have >= need;
    }

    boolean mayBeOverridden() {
        return have >= least;
    }

    /** How many are missing; of conversations, how many have to come until enough are kept back. */
    long missing() {
        return rule == MinimumRule.HELD_OUT ? (need - have) * CONVERSATIONS_TO_ONE_HELD_OUT : need - have;
    }

    String whatToDo() {
        return switch (rule) {
            case DECISIONS ->
                "Answer more customers: every suggestion that an agent sends, edits or rejects is a decision, and every"
                        + " answer of their own.";
            case FITTING -> "Send suggestions, or edit them, where they fit.";
            case NOT_FITTING -> "Reject suggestions that are wrong.";
            case REPLIES -> "From a single reply nothing can be learned: publish and use others.";
            case HELD_OUT -> "Answer more customers.";
        };
    }

    String inEnglish() {
        long missing = missing();
        String of = " (" + have + " of " + need + ")";
        return switch (rule) {
            case DECISIONS -> missing + " more decision" + plural(missing) + " of agents" + of;
            case FITTING -> missing + " more example" + plural(missing) + " of a reply that fits" + of;
            case NOT_FITTING -> missing + " more example" + plural(missing) + " of a reply that does not fit" + of;
            case REPLIES -> missing + " more repl" + (missing == 1 ? "y" : "ies") + " that fit a question" + of;
            case HELD_OUT ->
                "about " + missing + " more conversations, of which every fifth is kept back for measuring" + of;
        };
    }

    private static String plural(long count) {
        return count == 1 ? "" : "s";
    }
}
