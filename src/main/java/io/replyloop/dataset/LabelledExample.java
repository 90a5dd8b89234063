package io.replyloop.dataset;

import java.util.UUID;

/**
 * An example as those see it who correct it.
 *
 * @param decision of imported history, what was asked
 * @param reply null for an agent's own words
 * @param originalLabel what the decision said, where somebody has corrected it; null otherwise
 * @param version counts changes by people
 */
public record LabelledExample(
        long id,
        UUID decision,
        UUID impression,
        UUID conversation,
        String query,
        UUID reply,
        String replyText,
        double label,
        Double originalLabel,
        boolean excluded,
        int version) {
    public static final double FITS = 1;
    public static final double DOES_NOT_FIT = 0;

    /** From a file or from imported history: no decision of this installation. */
    public boolean isImported() {
        return id < 0;
    }

    public boolean fits() {
        return label >= 0.5;
    }
}
