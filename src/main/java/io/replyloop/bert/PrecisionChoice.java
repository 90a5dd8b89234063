package io.replyloop.bert;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Chooses a precision by trying: which one pays depends on the CPU, the shape of the network and its weights, so each
 * candidate scores the same pairs with the real checkpoint.
 */
final class PrecisionChoice {
    private static final System.Logger LOG = System.getLogger(PrecisionChoice.class.getName());
    /** Largest difference of a probability from fp32's that is still taken. */
    private static final double TOLERANCE = 0.03;
    /** How much faster a candidate must be to give up the precision of fp32. */
    private static final double WORTH = 1.2;

    private static final int PAIRS = 16;
    private static final int LENGTH = 48;
    private static final int ROUNDS = 3;

    private PrecisionChoice() {}

    static CrossEncoder.Serving fastest(Checkpoint checkpoint, Device device) {
        BertConfig config = checkpoint.config();
        List<EncodedPair> pairs = sample(config);
        CrossEncoder.Serving best = CrossEncoder.Serving.open(checkpoint, device, Precision.FP32);
        try {
            double[] reference = fit(best.network(), pairs, config);
            double limit = time(best.network(), pairs, config) / WORTH;
            List<Precision> candidates = device.equals(Device.cpu())
                    ? List.of(Precision.BF16, Precision.INT8)
                    : List.of(Precision.BF16, Precision.FP16);
            for (Precision precision : candidates) {
                CrossEncoder.Serving candidate = CrossEncoder.Serving.open(checkpoint, device, precision);
                CrossEncoder.Serving loser = candidate;
                try {
                    double difference = difference(reference, fit(candidate.network(), pairs, config));
                    double time = time(candidate.network(), pairs, config);
                    LOG.log(System.Logger.Level.DEBUG, "{0}: {1} s, off by {2}", precision, time, difference);
                    if (difference <= TOLERANCE && time < limit) {
                        loser = best;
                        best = candidate;
                        limit = time;
                    }
                } finally {
                    loser.network().close();
                }
            }
            return best;
        } catch (RuntimeException e) {
            best.network().close();
            throw e;
        }
    }

    private static double[] fit(Network network, List<EncodedPair> pairs, BertConfig config) {
        return Arrays.stream(CrossEncoder.score(network, pairs, config.firstPosition()))
                .mapToDouble(logits -> CrossEncoder.probability(logits, config.isRegression()))
                .toArray();
    }

    private static double difference(double[] one, double[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = Math.abs(one[i] - other[i]);
            // NaN must not pass for being close.
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    private static double time(Network network, List<EncodedPair> pairs, BertConfig config) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            CrossEncoder.score(network, pairs, config.firstPosition());
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static List<EncodedPair> sample(BertConfig config) {
        Random random = new Random(1);
        List<EncodedPair> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            int[] ids = new int[Math.min(config.maxLength(), LENGTH)];
            Arrays.setAll(ids, t -> random.nextInt(config.vocabularySize));
            pairs.add(new EncodedPair(ids, new byte[ids.length]));
        }
        return pairs;
    }
}
