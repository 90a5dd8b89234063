package io.replyloop.bert.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quality of a model's probabilities as decisions (accuracy, precision, recall, F1), as a ranking of all pairs
 * (AUC), as a ranking of the replies of one impression (MRR, R@k, NDCG) and as probabilities (ECE). A label of 0.5 or
 * more means that the reply fits; NDCG uses graded labels.
 *
 * <p>Ties never favour the model: a fitting reply ranks below all others with the same score, so that a constant score
 * earns nothing. AUC counts a tie as half (Mann and Whitney). A metric without meaning (no positives, no negatives, no
 * impression) is NaN.
 */
public final class RankingMetrics {

    /** One pair: the model's probability that the reply fits, the label, and the impression it belongs to, if any. */
    public record Scored(double probability, double label, String group) {
        public Scored {
            if (Double.isNaN(probability)) {
                throw new IllegalArgumentException("a score is NaN");
            }
        }

        boolean fits() {
            return label >= 0.5;
        }
    }

    private static final int CALIBRATION_BINS = 15;
    private static final int NDCG_DEPTH = 10;

    private RankingMetrics() {}

    /** All metrics by name, without those of impressions if no pair has a group. */
    public static Map<String, Double> of(Collection<Scored> pairs) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", accuracy(pairs));
        metrics.put("precision", precision(pairs));
        metrics.put("recall", recall(pairs));
        metrics.put("f1", f1(pairs));
        metrics.put("auc", auc(pairs));
        metrics.put("ece", expectedCalibrationError(pairs));
        List<List<Scored>> impressions = impressions(pairs);
        if (!impressions.isEmpty()) {
            metrics.put("mrr", meanReciprocalRank(impressions));
            metrics.put("recall@1", recallAt(1, impressions));
            metrics.put("recall@3", recallAt(3, impressions));
            metrics.put("ndcg@" + NDCG_DEPTH, ndcgAt(NDCG_DEPTH, impressions));
        }
        return metrics;
    }

    public static double accuracy(Collection<Scored> pairs) {
        Confusion counts = confusion(pairs);
        return (double) (counts.truePositives + counts.trueNegatives) / pairs.size();
    }

    public static double precision(Collection<Scored> pairs) {
        Confusion counts = confusion(pairs);
        return (double) counts.truePositives / (counts.truePositives + counts.falsePositives);
    }

    public static double recall(Collection<Scored> pairs) {
        Confusion counts = confusion(pairs);
        return (double) counts.truePositives / (counts.truePositives + counts.falseNegatives);
    }

    public static double f1(Collection<Scored> pairs) {
        Confusion counts = confusion(pairs);
        return 2.0
                * counts.truePositives
                / (2.0 * counts.truePositives + counts.falsePositives + counts.falseNegatives);
    }

    /** Probability that a fitting reply scores above one that does not fit (area under the ROC curve). */
    public static double auc(Collection<Scored> pairs) {
        Scored[] sorted = pairs.toArray(new Scored[0]);
        Arrays.sort(sorted, Comparator.comparingDouble(Scored::probability));
        double rankSum = 0;
        long positives = 0;
        for (int start = 0; start < sorted.length; ) {
            int end = start;
            long positivesHere = 0;
            while (end < sorted.length && sorted[end].probability == sorted[start].probability) {
                positivesHere += sorted[end++].fits() ? 1 : 0;
            }
            double sharedRank = (start + 1 + end) / 2.0;
            rankSum += positivesHere * sharedRank;
            positives += positivesHere;
            start = end;
        }
        long negatives = sorted.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    /** Expected calibration error over 15 bins of equal width (Guo et al., 2017). */
    public static double expectedCalibrationError(Collection<Scored> pairs) {
        double[] probabilities = new double[CALIBRATION_BINS];
        double[] fitting = new double[CALIBRATION_BINS];
        for (Scored pair : pairs) {
            int bin = Math.max(0, Math.min(CALIBRATION_BINS - 1, (int) (pair.probability * CALIBRATION_BINS)));
            probabilities[bin] += pair.probability;
            fitting[bin] += pair.fits() ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
            error += Math.abs(probabilities[bin] - fitting[bin]);
        }
        return error / pairs.size();
    }

    /** The pairs by impression, without impressions in which nothing or everything fits, which have no ranking. */
    public static List<List<Scored>> impressions(Collection<Scored> pairs) {
        Map<String, List<Scored>> byGroup = new LinkedHashMap<>();
        for (Scored pair : pairs) {
            if (pair.group != null) {
                byGroup.computeIfAbsent(pair.group, group -> new ArrayList<>()).add(pair);
            }
        }
        return byGroup.values().stream()
                .filter(group ->
                        group.stream().anyMatch(Scored::fits) && !group.stream().allMatch(Scored::fits))
                .toList();
    }

    public static double meanReciprocalRank(List<List<Scored>> impressions) {
        return impressions.stream()
                .mapToDouble(impression -> 1.0 / rank(impression))
                .average()
                .orElse(Double.NaN);
    }

    /** Share of impressions with a fitting reply among the first {@code k}. */
    public static double recallAt(int k, List<List<Scored>> impressions) {
        return impressions.stream()
                .mapToDouble(impression -> rank(impression) <= k ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** Normalised discounted cumulative gain with the label as the gain (Järvelin and Kekäläinen, 2002). */
    public static double ndcgAt(int k, List<List<Scored>> impressions) {
        Comparator<Scored> best =
                Comparator.comparingDouble(Scored::probability).reversed();
        Comparator<Scored> ideal = Comparator.comparingDouble(Scored::label).reversed();
        Comparator<Scored> worstFirstWithinTies = best.thenComparingDouble(Scored::label);
        return impressions.stream()
                .mapToDouble(impression ->
                        discountedGain(impression, worstFirstWithinTies, k) / discountedGain(impression, ideal, k))
                .average()
                .orElse(Double.NaN);
    }

    /** Rank, from 1, of the best fitting reply. */
    public static int rank(List<Scored> impression) {
        double best = impression.stream()
                .filter(Scored::fits)
                .mapToDouble(Scored::probability)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no reply of the impression fits"));
        return 1
                + (int) impression.stream()
                        .filter(pair -> !pair.fits() && pair.probability >= best)
                        .count();
    }

    private static double discountedGain(List<Scored> impression, Comparator<Scored> order, int k) {
        List<Scored> ordered = impression.stream().sorted(order).limit(k).toList();
        double gain = 0;
        for (int i = 0; i < ordered.size(); i++) {
            gain += ordered.get(i).label * Math.log(2) / Math.log(i + 2.0);
        }
        return gain;
    }

    private record Confusion(long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {}

    private static Confusion confusion(Collection<Scored> pairs) {
        long[] counts = new long[4];
        for (Scored pair : pairs) {
            counts[(pair.probability >= 0.5 ? 2 : 0) + (pair.fits() ? 1 : 0)]++;
        }
        return new Confusion(counts[3], counts[2], counts[0], counts[1]);
    }
}
