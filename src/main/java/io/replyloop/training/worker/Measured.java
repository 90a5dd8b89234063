package io.replyloop.training.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.ranking.FinalScore;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * A model on what chooses, such as how much its network counts, and on what measures.
 *
 * @param tested the pairs of the test part
 * @param side of the {@link Gate}: the same model on the same pairs
 */
record Measured(Evaluation chosen, Evaluation tested, Gate.Side side) {
    private static final OperatingSystemMXBean PROCESSOR =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Measured of(
            CrossEncoder model, List<HeldOut> heldOut, TestPart test, FinalScore score, Runnable stillWanted) {
        // What chooses comes first, so that the time of the test part is that of a model that has warmed up.
        Evaluation chosen = new Evaluation(heldOut, Evaluation.logits(model, heldOut, stillWanted), score);
        List<HeldOut> pairs = test.pairs();
        // Of the processor and not of the clock: beside other work the same network would take twice as long.
        long start = PROCESSOR.getProcessCpuTime();
        double[] logits = Evaluation.logits(model, pairs, stillWanted);
        double millis = (PROCESSOR.getProcessCpuTime() - start)
                / 1e6
                / Math.max(1, test.questions().size());
        return new Measured(chosen, new Evaluation(pairs, logits, score), new Gate.Side(score, logits, millis));
    }

    Measured at(double temperature) {
        Evaluation test = tested.at(temperature);
        return new Measured(chosen.at(temperature), test, new Gate.Side(test.score(), side.logits(), side.millis()));
    }

    /** Of the test part; of what chose, which is a little kind, where that is empty. */
    ObjectNode metrics() {
        return tested.examples().isEmpty() ? chosen.metrics() : tested.metrics();
    }
}
