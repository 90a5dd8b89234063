package io.replyloop.lab.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A round of a repeated six-fold cross-validation: the questions of one fold are asked after decisions on the others. A
 * conversation is never divided.
 *
 * @param decisions in their order
 */
record Round(int number, List<Moment> decisions, List<Moment> asked) {
    /** After this many rounds, each question has been asked once; further rounds use another split. */
    static final int FOLDS = 6;

    /** @param most questions per round */
    static List<Round> of(List<Moment> moments, int rounds, int most, long seed) {
        Map<String, List<Moment>> byGroup = new LinkedHashMap<>();
        moments.forEach(moment -> byGroup.computeIfAbsent(moment.group(), group -> new ArrayList<>())
                .add(moment));
        List<Round> all = new ArrayList<>();
        for (int number = 0; number < rounds; number++) {
            List<String> groups = new ArrayList<>(byGroup.keySet());
            Collections.shuffle(groups, new Random(seed + number / FOLDS));
            int fold = number % FOLDS;
            int from = (int) ((long) groups.size() * fold / FOLDS);
            int to = (int) ((long) groups.size() * (fold + 1) / FOLDS);
            List<Moment> asked = flat(groups.subList(from, to), byGroup);
            List<String> others = new ArrayList<>(groups.subList(0, from));
            others.addAll(groups.subList(to, groups.size()));
            Random random = new Random(31 * seed + number);
            Collections.shuffle(asked, random);
            Collections.shuffle(others, random);
            all.add(new Round(
                    number, flat(others, byGroup), List.copyOf(asked.subList(0, Math.min(most, asked.size())))));
        }
        return all;
    }

    private static List<Moment> flat(List<String> groups, Map<String, List<Moment>> byGroup) {
        List<Moment> moments = new ArrayList<>();
        groups.forEach(group -> moments.addAll(byGroup.get(group)));
        return moments;
    }

    /**
     * The wanted numbers of decisions that every round has. If the largest is not available, all available decisions take
     * its place, provided that they are more than 1.5 times the previous number.
     */
    static List<Integer> reachable(List<Round> rounds, List<Integer> wanted) {
        int most = rounds.stream()
                .mapToInt(round -> round.decisions().size())
                .min()
                .orElse(0);
        List<Integer> counts = new ArrayList<>(wanted.stream()
                .distinct()
                .sorted()
                .filter(count -> count <= most)
                .toList());
        int last = counts.isEmpty() ? 0 : counts.get(counts.size() - 1);
        if (counts.size() < wanted.stream().distinct().count() && most > 1.5 * last) {
            counts.add(most);
        }
        return counts;
    }
}
