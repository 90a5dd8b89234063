package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.dataset.LabelledExample;
import io.replyloop.knowledge.ForgottenRejection;
import io.replyloop.knowledge.RememberedDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What somebody has done to an example; all rows of one act have the same {@code act}.
 *
 * @param before null for a comment
 * @param undoes the act that this one takes back; null for others
 */
record CurationAct(
        long id,
        UUID act,
        Kind kind,
        long example,
        UUID by,
        String byName,
        Instant at,
        State before,
        State after,
        String comment,
        UUID undoes) {
    enum Kind {
        CORRECTED,
        EXCLUDED,
        INCLUDED,
        COMMENTED,
        UNDONE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an act changes.
     *
     * @param memory what is remembered of the decision; null if the act says nothing about it
     * @param forgotten what other decisions had said against the reply, and what comes back with an undo; null for nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record State(double label, boolean excluded, RememberedDecision memory, List<ForgottenRejection> forgotten) {
        static State of(LabelledExample example, RememberedDecision memory) {
            return new State(example.label(), example.excluded(), memory, null);
        }

        boolean isOf(LabelledExample example) {
            return label == example.label() && excluded == example.excluded();
        }
    }
}
