package io.replyloop.curation;

import io.replyloop.dataset.LabelledExample;
import io.replyloop.knowledge.RememberedDecision;
import java.time.Instant;
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

    /** What an act changes. */
    record State(double label, boolean excluded, RememberedDecision memory) {
        static State of(LabelledExample example, RememberedDecision memory) {
            return new State(example.label(), example.excluded(), memory);
        }

        boolean isOf(LabelledExample example) {
            return label == example.label() && excluded == example.excluded();
        }
    }
}
