package io.replyloop.training.worker;

import io.replyloop.bert.training.TrainingExample;
import io.replyloop.retrieval.Evidence;
import java.util.List;

/**
 * A pair that measures, with what spoke for its reply when agents saw it or might have.
 *
 * @param evidence null for an agent's own words and for what was found by words alone, as before there was an encoder:
 *     that is weighed by figures that are not the model's own
 * @param labelled whether it is an example; the other candidates of a question that has an answer only take their places
 */
public record HeldOut(TrainingExample example, Evidence evidence, boolean labelled) {
    public HeldOut {
        if (evidence != null && evidence.meaning() == 0) {
            evidence = null;
        }
    }

    static List<TrainingExample> labelled(List<HeldOut> all) {
        return all.stream().filter(HeldOut::labelled).map(HeldOut::example).toList();
    }
}
