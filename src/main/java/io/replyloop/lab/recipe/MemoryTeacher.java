package io.replyloop.lab.recipe;

import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.KnowledgeBase.Candidate;
import io.replyloop.lab.corpus.Pick;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How probable the product's memory of answered questions holds each reply for each pick, having learned from other
 * dialogues alone. It goes by words where the teachers' networks go by what they have read, and errs elsewhere.
 */
final class MemoryTeacher {
    private static final int NETWORKS = 2;
    private static final int PASSES = 5;

    private final KnowledgeBase base;
    private final int parts;
    private final QuestionFeatures features = new QuestionFeatures();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param parts of the dialogues, each of which is held by a memory of all others */
    MemoryTeacher(KnowledgeBase base, int parts) {
        this.base = base;
        this.parts = parts;
        base.all().forEach(candidate -> numbers.put(candidate.label(), numbers.size()));
    }

    private record Lesson(Pick pick, int[] features, int[] among) {}

    /** For each pick, by its group, the probability of each candidate by label. */
    Map<String, Map<String, Double>> opinions(List<Pick> picks, long seed) {
        List<Lesson> lessons = picks.stream().map(this::lesson).toList();
        Map<String, Map<String, Double>> opinions = new HashMap<>();
        for (int part = 0; part < parts; part++) {
            int held = part;
            List<AnswerNetwork> networks = new ArrayList<>();
            for (int number = 0; number < NETWORKS; number++) {
                networks.add(new AnswerNetwork(seed + number));
            }
            List<Lesson> others = new ArrayList<>(
                    lessons.stream().filter(lesson -> part(lesson) != held).toList());
            for (int pass = 0; pass < PASSES; pass++) {
                Collections.shuffle(others, new Random(seed + pass));
                others.forEach(lesson -> networks.forEach(network -> learn(network, lesson)));
            }
            for (Lesson lesson : lessons) {
                if (part(lesson) == held) {
                    opinions.put(lesson.pick.group(), opinion(networks, lesson));
                }
            }
        }
        return opinions;
    }

    private int part(Lesson lesson) {
        return Teachers.part(lesson.pick.dialogue(), parts);
    }

    private Lesson lesson(Pick pick) {
        int[] among = base.candidates(pick.tasks()).stream()
                .mapToInt(candidate -> numbers.get(candidate.label()))
                .toArray();
        return new Lesson(pick, features.of(pick.asQuestion(), pick.tasks()), among);
    }

    private void learn(AnswerNetwork network, Lesson lesson) {
        Integer answer = numbers.get(lesson.pick.label());
        if (answer != null && Arrays.stream(lesson.among).anyMatch(reply -> reply == answer)) {
            network.learn(lesson.features, answer, lesson.among);
        }
    }

    private Map<String, Double> opinion(List<AnswerNetwork> networks, Lesson lesson) {
        List<Candidate> candidates = base.candidates(lesson.pick.tasks());
        List<Map<String, Double>> each = new ArrayList<>();
        for (AnswerNetwork network : networks) {
            float[] probabilities = network.probabilities(lesson.features, lesson.among);
            Map<String, Double> one = new HashMap<>();
            for (int i = 0; i < probabilities.length; i++) {
                one.put(candidates.get(i).label(), (double) probabilities[i]);
            }
            each.add(one);
        }
        return Teachers.together(each);
    }
}
