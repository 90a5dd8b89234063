package io.replyloop.lab.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One part of the questions is asked, the others have been decided before, in an order of their own. Conversations are
 * whole on one side.
 *
 * @param decisions in the order in which they are made
 */
record Round(int number, List<Moment> decisions, List<Moment> asked) {
    /** So many rounds ask each question once; more begin again with another cut. */
    static final int PARTS = 6;

    /** @param most questions that a round asks at most */
    static List<Round> of(List<Moment> moments, int rounds, int most, long seed) {
        Map<String, List<Moment>> byGroup = new LinkedHashMap<>();
        moments.forEach(moment -> byGroup.computeIfAbsent(moment.group(), group -> new ArrayList<>())
                .add(moment));
        List<Round> all = new ArrayList<>();
        for (int number = 0; number < rounds; number++) {
            List<String> groups = new ArrayList<>(byGroup.keySet());
            Collections.shuffle(groups, new Random(seed + number / PARTS));
            int part = number % PARTS;
            int from = (int) ((long) groups.size() * part / PARTS);
            int to = (int) ((long) groups.size() * (part + 1) / PARTS);
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
     * Of the wanted numbers of decisions those that every round has. Where the largest is out of reach, all that there are
     * take its place if they are more than half again as many as the one before.
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
