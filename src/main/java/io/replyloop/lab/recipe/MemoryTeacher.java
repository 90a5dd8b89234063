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
 * Soft labels from the product's memory of answered questions, trained on the dialogues of the other folds. It uses
 * single words, whereas the networks use pretrained representations, so its errors are different.
 */
final class MemoryTeacher {
    private static final int NETWORKS = 2;
    private static final int PASSES = 5;

    private final KnowledgeBase base;
    private final Folds folds;
    private final QuestionFeatures features = new QuestionFeatures();
    private final Map<String, Integer> numbers = new HashMap<>();

    MemoryTeacher(KnowledgeBase base, Folds folds) {
        this.base = base;
        this.folds = folds;
        base.all().forEach(candidate -> numbers.put(candidate.label(), numbers.size()));
    }

    private record Example(Pick pick, int[] features, int[] candidates) {}

    SoftLabels label(List<Pick> picks, long seed) {
        List<Example> examples = picks.stream().map(this::example).toList();
        Map<String, Map<String, Double>> byGroup = new HashMap<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            int own = fold;
            List<AnswerNetwork> networks = new ArrayList<>();
            for (int number = 0; number < NETWORKS; number++) {
                networks.add(new AnswerNetwork(seed + number));
            }
            List<Example> others = new ArrayList<>(
                    examples.stream().filter(example -> fold(example) != own).toList());
            for (int pass = 0; pass < PASSES; pass++) {
                Collections.shuffle(others, new Random(seed + pass));
                others.forEach(example -> networks.forEach(network -> train(network, example)));
            }
            for (Example example : examples) {
                if (fold(example) == own) {
                    byGroup.put(example.pick.group(), predict(networks, example));
                }
            }
        }
        return new SoftLabels(byGroup);
    }

    private int fold(Example example) {
        return folds.of(example.pick.dialogue());
    }

    private Example example(Pick pick) {
        int[] candidates = base.candidates(pick.tasks()).stream()
                .mapToInt(candidate -> numbers.get(candidate.label()))
                .toArray();
        return new Example(pick, features.of(pick.asQuestion(), pick.tasks()), candidates);
    }

    private void train(AnswerNetwork network, Example example) {
        Integer answer = numbers.get(example.pick.label());
        if (answer != null && Arrays.stream(example.candidates).anyMatch(reply -> reply == answer)) {
            network.learn(example.features, answer, example.candidates);
        }
    }

    private Map<String, Double> predict(List<AnswerNetwork> networks, Example example) {
        List<Candidate> candidates = base.candidates(example.pick.tasks());
        List<Map<String, Double>> distributions = new ArrayList<>();
        for (AnswerNetwork network : networks) {
            float[] probabilities = network.probabilities(example.features, example.candidates);
            Map<String, Double> distribution = new HashMap<>();
            for (int i = 0; i < probabilities.length; i++) {
                distribution.put(candidates.get(i).label(), (double) probabilities[i]);
            }
            distributions.add(distribution);
        }
        return SoftLabels.geometricMean(distributions);
    }
}
