package io.replyloop.recipe;

import io.replyloop.recipe.KnowledgeBase.Candidate;
import io.replyloop.retrieval.LearnedMemory;
import io.replyloop.retrieval.QuestionFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How probable a linear classifier holds each reply for each pick, having learned from other dialogues alone. Agents pick
 * differently in the same moment: such an opinion of all the replies says more about a moment than the one that was
 * picked, and a network that learns from it too learns fewer accidents by heart (Hinton et al., 2015).
 */
final class Teacher {
    private static final int PARTS = 5;
    private static final int PASSES = 5;

    private final KnowledgeBase base;
    private final QuestionFeatures features = new QuestionFeatures();
    private final Map<String, Integer> numbers = new HashMap<>();

    Teacher(KnowledgeBase base) {
        this.base = base;
        base.all().forEach(candidate -> numbers.put(candidate.label(), numbers.size()));
    }

    private record Lesson(Pick pick, int[] features, int[] among) {
        int part() {
            return Math.floorMod(pick.dialogue().hashCode(), PARTS);
        }
    }

    /** For each pick, by its group, the probability of each candidate by label. */
    Map<String, Map<String, Double>> opinions(List<Pick> picks, long seed) {
        List<Lesson> lessons = picks.stream().map(this::lesson).toList();
        Map<String, Map<String, Double>> opinions = new HashMap<>();
        for (int part = 0; part < PARTS; part++) {
            int held = part;
            LearnedMemory memory = new LearnedMemory();
            List<Lesson> others = new ArrayList<>(
                    lessons.stream().filter(lesson -> lesson.part() != held).toList());
            for (int pass = 0; pass < PASSES; pass++) {
                Collections.shuffle(others, new Random(seed + pass));
                others.forEach(lesson -> learn(memory, lesson));
            }
            for (Lesson lesson : lessons) {
                if (lesson.part() == held) {
                    opinions.put(lesson.pick.group(), opinion(memory, lesson));
                }
            }
        }
        return opinions;
    }

    private Lesson lesson(Pick pick) {
        int[] among = base.candidates(pick.tasks()).stream()
                .mapToInt(candidate -> numbers.get(candidate.label()))
                .toArray();
        return new Lesson(pick, features.of(pick.asQuestion(), pick.tasks()), among);
    }

    private void learn(LearnedMemory memory, Lesson lesson) {
        Integer answer = numbers.get(lesson.pick.label());
        if (answer != null && Arrays.stream(lesson.among).anyMatch(reply -> reply == answer)) {
            memory.learn(lesson.features, answer, lesson.among);
        }
    }

    private Map<String, Double> opinion(LearnedMemory memory, Lesson lesson) {
        double[] probabilities = memory.probabilities(lesson.features, lesson.among);
        Map<String, Double> opinion = new HashMap<>();
        List<Candidate> candidates = base.candidates(lesson.pick.tasks());
        for (int i = 0; i < probabilities.length; i++) {
            opinion.put(candidates.get(i).label(), probabilities[i]);
        }
        return opinion;
    }
}
