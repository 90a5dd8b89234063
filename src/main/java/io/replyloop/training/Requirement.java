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

    boolean suffices() {
        return have >= need;
    }

    boolean mayBeOverridden() {
        return have >= least;
    }

    String inEnglish() {
        long missing = need - have;
        String of = " (" + have + " of " + need + ")";
        return switch (rule) {
            case DECISIONS -> missing + " more decision" + plural(missing) + " of agents" + of;
            case FITTING -> missing + " more example" + plural(missing) + " of a reply that fits" + of;
            case NOT_FITTING -> missing + " more example" + plural(missing) + " of a reply that does not fit" + of;
            case REPLIES -> missing + " more repl" + (missing == 1 ? "y" : "ies") + " that fit a question" + of;
            case HELD_OUT ->
                "about " + missing * 5 + " more conversations, of which every fifth is kept back for measuring" + of;
        };
    }

    private static String plural(long count) {
        return count == 1 ? "" : "s";
    }
}
