package io.replyloop.lab.recipe;

import com.fasterxml.jackson.core.type.TypeReference;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.KnowledgeBase.Candidate;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Probabilities of all candidates of each pick, from teachers that were not trained on its dialogue. Agents pick
 * different replies in the same situation, so a distribution over the candidates says more than the reply that was
 * picked, and a network that also learns from it memorises less noise (Hinton et al., 2015; Furlanello et al., 2018).
 *
 * @param byGroup by the pick's group, the probability of each candidate by its label
 */
record SoftLabels(Map<String, Map<String, Double>> byGroup) {
    static final SoftLabels NONE = new SoftLabels(Map.of());

    private static final String FILE = "soft-labels.json.gz";
    private static final double SMALLEST_PROBABILITY = 1e-4;
    private static final int PAIRS_AT_ONCE = 20_000;

    /** The probability of each candidate by its label; empty if the pick has no soft labels. */
    Map<String, Double> of(Pick pick) {
        return byGroup.getOrDefault(pick.group(), Map.of());
    }

    /** The softmax of the teacher's logits over the candidates of each pick. */
    static SoftLabels of(CrossEncoder teacher, List<Pick> picks, KnowledgeBase base) {
        Map<String, Map<String, Double>> byGroup = new HashMap<>();
        Map<String, TokenIds> replies = new HashMap<>();
        List<Pick> batch = new ArrayList<>();
        List<EncodedPair> pairs = new ArrayList<>();
        for (Pick pick : picks) {
            TokenIds query = teacher.tokenize(pick.query());
            for (Candidate candidate : base.candidates(pick.tasks())) {
                for (String text : candidate.texts()) {
                    pairs.add(teacher.pair(query, replies.computeIfAbsent(text, teacher::tokenize)));
                }
            }
            batch.add(pick);
            if (pairs.size() >= PAIRS_AT_ONCE) {
                score(teacher, batch, pairs, base, byGroup);
            }
        }
        score(teacher, batch, pairs, base, byGroup);
        return new SoftLabels(byGroup);
    }

    private static void score(
            CrossEncoder teacher,
            List<Pick> batch,
            List<EncodedPair> pairs,
            KnowledgeBase base,
            Map<String, Map<String, Double>> byGroup) {
        List<float[]> logits = teacher.logits(pairs);
        int next = 0;
        for (Pick pick : batch) {
            Map<String, Double> best = new HashMap<>();
            for (Candidate candidate : base.candidates(pick.tasks())) {
                for (int text = 0; text < candidate.texts().size(); text++) {
                    best.merge(candidate.label(), (double) logits.get(next++)[0], Math::max);
                }
            }
            byGroup.put(pick.group(), softmax(best));
        }
        batch.clear();
        pairs.clear();
    }

    private static Map<String, Double> softmax(Map<String, Double> logits) {
        double highest = logits.values().stream().mapToDouble(d -> d).max().orElse(0);
        double sum = logits.values().stream()
                .mapToDouble(logit -> Math.exp(logit - highest))
                .sum();
        Map<String, Double> probabilities = new HashMap<>();
        logits.forEach((label, logit) -> probabilities.put(label, Math.exp(logit - highest) / sum));
        return probabilities;
    }

    /**
     * The normalised geometric mean of several distributions over the same candidates. Unlike the arithmetic mean, it is
     * low as soon as one of them rules a candidate out.
     */
    static Map<String, Double> geometricMean(List<Map<String, Double>> distributions) {
        Map<String, Double> sums = new HashMap<>();
        for (Map<String, Double> distribution : distributions) {
            distribution.forEach((label, probability) -> sums.merge(
                    label, Math.log(Math.max(SMALLEST_PROBABILITY, probability)) / distributions.size(), Double::sum));
        }
        return softmax(sums);
    }

    /** Writes the probabilities with four digits into an existing directory. */
    void write(Path directory) throws IOException {
        Map<String, Map<String, Double>> rounded = new TreeMap<>();
        byGroup.forEach((group, distribution) -> {
            Map<String, Double> digits = new TreeMap<>();
            distribution.forEach(
                    (label, probability) -> digits.put(label, Math.round(probability / SMALLEST_PROBABILITY) / 1e4));
            rounded.put(group, digits);
        });
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(FILE)))) {
            Json.MAPPER.writeValue(out, rounded);
        }
    }

    static SoftLabels read(Path directory) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(FILE)))) {
            return new SoftLabels(Json.MAPPER.readValue(in, new TypeReference<>() {}));
        }
    }
}
