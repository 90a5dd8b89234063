package io.replyloop.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static float[] at(double degrees) {
        return new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
    }

    private static List<List<Integer>> groups(double nearness, double... degrees) {
        List<float[]> vectors = new ArrayList<>();
        for (double direction : degrees) {
            vectors.add(at(direction));
        }
        return lists(Clusters.of(vectors, nearness));
    }

    private static List<List<Integer>> lists(List<int[]> groups) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int[] group : groups) {
            List<Integer> list = new ArrayList<>();
            for (int member : group) {
                list.add(member);
            }
            lists.add(list);
        }
        return lists;
    }

    @Test
    void what_is_near_is_together_and_the_rest_stands_alone() {
        assertThat(groups(0.9, 0, 90, 4, 95, 200)).isEqualTo(List.of(List.of(0, 2), List.of(1, 3), List.of(4)));
        assertThat(Clusters.of(List.of(), 0.5)).isEmpty();
    }

    @Test
    void it_is_the_mean_over_all_pairs_that_joins() {
        // A chain of neighbours would hold all of them together.
        assertThat(groups(0.8, 0, 30, 60, 90)).isEqualTo(List.of(List.of(0, 1), List.of(2, 3)));
    }

    @Test
    void the_same_vectors_are_one_group() {
        assertThat(groups(0.99, 10, 10, 10, 10)).isEqualTo(List.of(List.of(0, 1, 2, 3)));
    }

    @Test
    void joining_the_nearest_first_by_looking_at_all_pairs_finds_the_same() {
        Random random = new Random(7);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            vectors.add(at(random.nextDouble() * 360));
        }
        for (double nearness : new double[] {0.5, 0.9, 0.99}) {
            assertThat(lists(Clusters.of(vectors, nearness))).isEqualTo(byAllPairs(vectors, nearness));
        }
    }

    private static List<List<Integer>> byAllPairs(List<float[]> vectors, double nearness) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            groups.add(new ArrayList<>(List.of(i)));
        }
        while (true) {
            double best = nearness;
            int into = -1;
            int gone = -1;
            for (int i = 0; i < groups.size(); i++) {
                for (int j = i + 1; j < groups.size(); j++) {
                    double mean = mean(groups.get(i), groups.get(j), vectors);
                    if (mean > best) {
                        best = mean;
                        into = i;
                        gone = j;
                    }
                }
            }
            if (into < 0) {
                groups.forEach(Collections::sort);
                groups.sort((one, other) -> one.get(0) - other.get(0));
                return groups;
            }
            groups.get(into).addAll(groups.remove(gone));
        }
    }

    private static double mean(List<Integer> one, List<Integer> other, List<float[]> vectors) {
        double sum = 0;
        for (int i : one) {
            for (int j : other) {
                sum += vectors.get(i)[0] * vectors.get(j)[0] + vectors.get(i)[1] * vectors.get(j)[1];
            }
        }
        return sum / (one.size() * other.size());
    }
}
