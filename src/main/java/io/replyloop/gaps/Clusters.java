package io.replyloop.gaps;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.lucene.util.VectorUtil;

/**
 * Puts together what is near to one another: two groups become one as long as the mean nearness between their members is
 * high enough, the nearest first (group-average linkage, found by chains of nearest neighbours; Murtagh 1983). Of vectors
 * of length 1 that mean is the product of the sums, so no table of all pairs is needed. The same vectors in the same order
 * always make the same groups.
 */
public final class Clusters {
    private final float[][] sums;
    private final int[][] members;
    private final BitSet open;
    private final double nearness;

    private Clusters(List<float[]> vectors, double nearness) {
        this.nearness = nearness;
        sums = vectors.stream().map(float[]::clone).toArray(float[][]::new);
        members = new int[sums.length][];
        Arrays.setAll(members, one -> new int[] {one});
        open = new BitSet(sums.length);
        open.set(0, sums.length);
    }

    /**
     * Takes time that grows with the square of their number.
     *
     * @param vectors of length 1
     * @param nearness mean product from which on groups are joined
     * @return places in the list, those of a group in their order, and the groups in the order of their first
     */
    public static List<int[]> of(List<float[]> vectors, double nearness) {
        return new Clusters(vectors, nearness).found();
    }

    private List<int[]> found() {
        List<int[]> found = new ArrayList<>();
        Deque<Integer> chain = new ArrayDeque<>();
        while (!open.isEmpty()) {
            if (chain.isEmpty()) {
                chain.push(open.nextSetBit(0));
            }
            int last = chain.pop();
            int before = chain.isEmpty() ? -1 : chain.peek();
            int nearest = nearest(last, before);
            if (nearest < 0) {
                // Nothing that is still to come can be nearer than what there is.
                open.clear(last);
                found.add(members[last]);
            } else if (nearest == before) {
                chain.pop();
                join(Math.min(last, before), Math.max(last, before));
            } else {
                chain.push(last);
                chain.push(nearest);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Texts are no longer wanted in groups");
            }
        }
        found.forEach(Arrays::sort);
        found.sort(Comparator.comparingInt(group -> group[0]));
        return found;
    }

    /** @return -1 where none is near enough; the one before in the chain where several are as near */
    private int nearest(int one, int before) {
        int nearest = -1;
        double highest = nearness;
        for (int other = open.nextSetBit(0); other >= 0; other = open.nextSetBit(other + 1)) {
            if (other == one) {
                continue;
            }
            double mean = mean(one, other);
            if (mean > highest || mean == highest && (nearest < 0 || other == before)) {
                highest = mean;
                nearest = other;
            }
        }
        return nearest;
    }

    private double mean(int one, int other) {
        return VectorUtil.dotProduct(sums[one], sums[other]) / ((double) members[one].length * members[other].length);
    }

    private void join(int into, int gone) {
        for (int i = 0; i < sums[into].length; i++) {
            sums[into][i] += sums[gone][i];
        }
        int[] both = Arrays.copyOf(members[into], members[into].length + members[gone].length);
        System.arraycopy(members[gone], 0, both, members[into].length, members[gone].length);
        members[into] = both;
        sums[gone] = null;
        members[gone] = null;
        open.clear(gone);
    }
}
