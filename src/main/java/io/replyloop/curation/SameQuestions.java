package io.replyloop.curation;

import io.replyloop.dataset.NearRepeats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds examples that say the same of a question twice, or the opposite. */
final class SameQuestions {
    /** Of unit vectors; below it, questions that only sound alike would be called contradictions. */
    private static final double NEARLY_THE_SAME = 0.95;

    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_REPEATS = 50;
    /** Of each label, because a contradiction has two sides, of which one may be much the older. */
    private static final int MOST_OF_A_LABEL = 25;

    private static final Comparator<LookedAt> NEWEST =
            Comparator.comparingLong(LookedAt::id).reversed();

    /** A reply, whatever became of its text, or an agent's own words. */
    private record Said(UUID reply, String text) {
        static Said by(LookedAt example) {
            return example.reply() == null ? new Said(null, example.replyText()) : new Said(example.reply(), null);
        }
    }

    private SameQuestions() {}

    /**
     * The same reply, fitting and not fitting to the same or nearly the same question.
     *
     * @param meanings of questions, by their query; empty where there is no encoder
     */
    static List<Finding> contradictions(List<LookedAt> examples, Map<String, float[]> meanings) {
        Map<Said, List<LookedAt>> ofReply = new LinkedHashMap<>();
        examples.forEach(example -> ofReply.computeIfAbsent(Said.by(example), said -> new ArrayList<>())
                .add(example));
        List<Finding> found = new ArrayList<>();
        for (List<LookedAt> same : ofReply.values()) {
            boolean both =
                    same.stream().anyMatch(LookedAt::fits) && !same.stream().allMatch(LookedAt::fits);
            if (both) {
                for (List<LookedAt> group : groups(same, meanings)) {
                    found.add(new Finding(Queue.CONTRADICTION, group, null));
                }
            }
        }
        return newestFirst(found, MOST_OF_A_LABEL);
    }

    private static List<List<LookedAt>> groups(List<LookedAt> sameReply, Map<String, float[]> meanings) {
        Map<String, List<LookedAt>> ofKey = new LinkedHashMap<>();
        sameReply.forEach(
                example -> ofKey.computeIfAbsent(NearRepeats.sameQuestion(example.query()), key -> new ArrayList<>())
                        .add(example));
        List<List<LookedAt>> groups = new ArrayList<>(ofKey.values());
        for (int i = 0; i < groups.size(); i++) {
            for (int j = groups.size() - 1; j > i; j--) {
                if (areNear(groups.get(i), groups.get(j), meanings)) {
                    groups.get(i).addAll(groups.remove(j));
                }
            }
        }
        groups.removeIf(group ->
                group.stream().noneMatch(LookedAt::fits) || group.stream().allMatch(LookedAt::fits));
        return groups;
    }

    private static boolean areNear(List<LookedAt> one, List<LookedAt> other, Map<String, float[]> meanings) {
        float[] first = meanings.get(one.get(0).query());
        float[] second = meanings.get(other.get(0).query());
        if (first == null || second == null) {
            return false;
        }
        double near = 0;
        for (int i = 0; i < first.length; i++) {
            near += first[i] * second[i];
        }
        return near >= NEARLY_THE_SAME;
    }

    /** Long questions that say the same but for numbers and punctuation, with the same reply and the same label. */
    static List<Finding> repeats(List<LookedAt> examples) {
        record Repeat(String question, Said said, boolean fits) {}
        Map<Repeat, List<LookedAt>> repeated = new HashMap<>();
        for (LookedAt example : examples) {
            NearRepeats.key(example.query())
                    .ifPresent(key -> repeated.computeIfAbsent(
                                    new Repeat(key, Said.by(example), example.fits()), repeat -> new ArrayList<>())
                            .add(example));
        }
        List<Finding> found = new ArrayList<>();
        repeated.values().stream()
                .filter(group -> group.size() > 1)
                .forEach(group -> found.add(new Finding(Queue.NEAR_REPEAT, group, null)));
        return newestFirst(found, MOST_REPEATS);
    }

    private static List<Finding> newestFirst(List<Finding> found, int ofLabel) {
        return found.stream()
                .map(finding -> new Finding(
                        finding.queue(),
                        Stream.of(true, false)
                                .flatMap(fits -> finding.examples().stream()
                                        .filter(example -> example.fits() == fits)
                                        .sorted(NEWEST)
                                        .limit(ofLabel))
                                .sorted(NEWEST)
                                .toList(),
                        null))
                .sorted(Comparator.comparingLong(
                                (Finding finding) -> finding.examples().get(0).id())
                        .reversed())
                .limit(MOST_ITEMS)
                .toList();
    }
}
