package io.replyloop.training;

import io.replyloop.bert.TrainingExample;
import io.replyloop.retrieval.Evidence;

/**
 * An example that measures, with what spoke for its reply when agents saw it or might have.
 *
 * @param evidence null for an agent's own words and for what was found by words alone, as before there was an encoder:
 *     that is weighed by figures that are not the model's own
 */
public record HeldOut(TrainingExample example, Evidence evidence) {
    public HeldOut {
        if (evidence != null && evidence.meaning() == 0) {
            evidence = null;
        }
    }
}
