package io.replyloop.history;

import io.replyloop.gaps.Clusters;
import io.replyloop.gaps.Grouping;
import io.replyloop.platform.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * Puts what agents wrote into groups of one meaning. Those wordings that were used most, and a part of the others, are
 * compared each with each; the rest joins the group that it is nearest to. So memory and time grow with the number of
 * wordings, not with its square: what is said once in a hundred thousand messages is no reply that anybody misses.
 */
final class DraftClusters {
    /** So many are compared each with each. */
    static final int COMPARED = 6_000;
    /** Mean nearness from which on groups are joined (ADR 106). */
    static final double NEARNESS = 0.6;

    private DraftClusters() {}

    /**
     * @param wordings in any order
     * @param vectors of their texts, of length 1
     * @return places in the list, the most typical first; the group that was used most first
     */
    static List<int[]> of(List<Wording> wordings, List<float[]> vectors) {
        if (wordings.isEmpty()) {
            return List.of();
        }
        List<Script> scripts =
                wordings.stream().map(wording -> Script.of(wording.text())).toList();
        List<float[]> own = Grouping.withoutCommon(scripts, vectors);
        int[] byUse = IntStream.range(0, wordings.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                                (Integer one) -> -wordings.get(one).messages().size())
                        // As good as by chance, and the same each time.
                        .thenComparingInt(one -> wordings.get(one).key().hashCode())
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        int compared = Math.min(COMPARED, byUse.length);
        List<float[]> some =
                Arrays.stream(byUse, 0, compared).mapToObj(own::get).toList();
        List<List<Integer>> groups = new ArrayList<>();
        List<float[]> sums = new ArrayList<>();
        for (int[] members : Clusters.of(some, NEARNESS)) {
            List<Integer> group = new ArrayList<>();
            Arrays.stream(members).forEach(member -> group.add(byUse[member]));
            groups.add(group);
            sums.add(sum(group, own));
        }
        join(byUse, compared, own, groups, sums);
        return groups.stream()
                .sorted(Comparator.comparingInt((List<Integer> group) -> -uses(group, wordings)))
                .map(group -> typicalFirst(group, wordings, own))
                .toList();
    }

    /** Where no encoder tells what they mean; those that were used most first. */
    static List<int[]> byWords(List<Wording> wordings) {
        return IntStream.range(0, wordings.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        one -> -wordings.get(one).messages().size()))
                .map(one -> new int[] {one})
                .toList();
    }

    /** Each of the rest to the group that it is nearest to, if it is near enough. */
    private static void join(int[] byUse, int from, List<float[]> own, List<List<Integer>> groups, List<float[]> sums) {
        int[] sizes = groups.stream().mapToInt(List::size).toArray();
        for (int i = from; i < byUse.length; i++) {
            float[] vector = own.get(byUse[i]);
            int nearest = -1;
            double highest = NEARNESS;
            for (int group = 0; group < sizes.length; group++) {
                double mean = VectorUtil.dotProduct(vector, sums.get(group)) / sizes[group];
                if (mean > highest) {
                    highest = mean;
                    nearest = group;
                }
            }
            if (nearest >= 0) {
                groups.get(nearest).add(byUse[i]);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("The messages are no longer wanted in groups");
            }
        }
    }

    private static int uses(List<Integer> group, List<Wording> wordings) {
        return group.stream()
                .mapToInt(member -> wordings.get(member).messages().size())
                .sum();
    }

    private static float[] sum(List<Integer> group, List<float[]> vectors) {
        float[] sum = new float[vectors.get(0).length];
        for (int member : group) {
            float[] vector = vectors.get(member);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        return sum;
    }

    /** Nearest to what all of them say, each wording counting as often as it was used. */
    private static int[] typicalFirst(List<Integer> group, List<Wording> wordings, List<float[]> vectors) {
        float[] sum = new float[vectors.get(0).length];
        for (int member : group) {
            float[] vector = vectors.get(member);
            int times = wordings.get(member).messages().size();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += times * vector[i];
            }
        }
        return group.stream()
                .sorted(Comparator.comparingDouble((Integer member) -> -VectorUtil.dotProduct(vectors.get(member), sum))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
