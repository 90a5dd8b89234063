package io.replyloop.bert.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which examples each step sees: each one once per epoch, in an order that depends only on seed and epoch. With the
 * list-wise loss, impressions are never split.
 */
final class BatchPlan {
    private final List<List<Integer>> units;
    private final int batchSize;
    private final long seed;
    private final List<List<Integer>> batches = new ArrayList<>();
    /** Number of steps done at the end of each epoch. */
    private final List<Integer> ends = new ArrayList<>();

    private BatchPlan(List<List<Integer>> units, int batchSize, int epochs, long seed) {
        this.units = units;
        this.batchSize = batchSize;
        this.seed = seed;
        for (int epoch = 0; epoch < epochs; epoch++) {
            batches.addAll(plan(epoch));
            ends.add(batches.size());
        }
    }

    static BatchPlan of(List<TrainingExample> examples, FineTuningOptions options) {
        List<List<Integer>> units = new ArrayList<>();
        if (options.loss() == Loss.LIST_WISE) {
            Map<String, List<Integer>> groups = new LinkedHashMap<>();
            for (int i = 0; i < examples.size(); i++) {
                groups.computeIfAbsent(examples.get(i).group(), group -> new ArrayList<>())
                        .add(i);
            }
            units.addAll(groups.values());
        } else {
            for (int i = 0; i < examples.size(); i++) {
                units.add(List.of(i));
            }
        }
        return new BatchPlan(units, options.examplesPerStep(), options.epochs(), options.seed());
    }

    private List<List<Integer>> plan(int epoch) {
        List<List<Integer>> order = new ArrayList<>(units);
        Collections.shuffle(order, new Random(seed * 1_000_003 + epoch));
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        for (List<Integer> unit : order) {
            if (!batch.isEmpty() && batch.size() + unit.size() > batchSize) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.addAll(unit);
        }
        batches.add(batch);
        return batches;
    }

    int steps() {
        return batches.size();
    }

    int epochOf(int step) {
        int epoch = 0;
        while (step >= ends.get(epoch)) {
            epoch++;
        }
        return epoch;
    }

    boolean endsEpoch(int stepsDone) {
        return ends.contains(stepsDone);
    }

    List<Integer> batch(int step) {
        return batches.get(step);
    }
}
