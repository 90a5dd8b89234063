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
 * How probable networks hold each reply for each pick, each of them having learned from other dialogues alone. Agents
 * pick differently in the same moment: such an opinion of all the replies says more about a moment than the one that was
 * picked, and a network that learns from it too learns fewer accidents by heart (Hinton et al., 2015; Furlanello et al.,
 * 2018).
 */
final class Teachers {
    private static final String FILE = "opinions.json.gz";
    private static final double LEAST = 1e-4;
    private static final int PAIRS_AT_ONCE = 20_000;

    private Teachers() {}

    /** The part, of {@code parts}, that a dialogue belongs to: the teacher of that number must not learn from it. */
    static int part(String dialogue, int parts) {
        return Math.floorMod(dialogue.hashCode(), parts);
    }

    /** For each pick, by its group, the probability of each candidate by label. */
    static Map<String, Map<String, Double>> opinions(CrossEncoder teacher, List<Pick> picks, KnowledgeBase base) {
        Map<String, Map<String, Double>> opinions = new HashMap<>();
        Map<String, TokenIds> replies = new HashMap<>();
        List<Pick> asked = new ArrayList<>();
        List<EncodedPair> pairs = new ArrayList<>();
        for (Pick pick : picks) {
            TokenIds query = teacher.tokenize(pick.query());
            for (Candidate candidate : base.candidates(pick.tasks())) {
                for (String text : candidate.texts()) {
                    pairs.add(teacher.pair(query, replies.computeIfAbsent(text, teacher::tokenize)));
                }
            }
            asked.add(pick);
            if (pairs.size() >= PAIRS_AT_ONCE) {
                ask(teacher, asked, pairs, base, opinions);
            }
        }
        ask(teacher, asked, pairs, base, opinions);
        return opinions;
    }

    private static void ask(
            CrossEncoder teacher,
            List<Pick> asked,
            List<EncodedPair> pairs,
            KnowledgeBase base,
            Map<String, Map<String, Double>> opinions) {
        List<float[]> logits = teacher.logits(pairs);
        int next = 0;
        for (Pick pick : asked) {
            Map<String, Double> best = new HashMap<>();
            for (Candidate candidate : base.candidates(pick.tasks())) {
                for (int text = 0; text < candidate.texts().size(); text++) {
                    best.merge(candidate.label(), (double) logits.get(next++)[0], Math::max);
                }
            }
            opinions.put(pick.group(), softmax(best));
        }
        asked.clear();
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

    /** The normalised geometric mean of opinions of the same replies: who is sure that a reply is wrong has a say. */
    static Map<String, Double> together(List<Map<String, Double>> opinions) {
        Map<String, Double> sums = new HashMap<>();
        for (Map<String, Double> opinion : opinions) {
            opinion.forEach((label, probability) ->
                    sums.merge(label, Math.log(Math.max(LEAST, probability)) / opinions.size(), Double::sum));
        }
        return softmax(sums);
    }

    static void write(Path directory, Map<String, Map<String, Double>> opinions) throws IOException {
        Map<String, Map<String, Double>> rounded = new TreeMap<>();
        opinions.forEach((group, opinion) -> {
            Map<String, Double> brief = new TreeMap<>();
            opinion.forEach((label, probability) -> brief.put(label, Math.round(probability / LEAST) / 1e4));
            rounded.put(group, brief);
        });
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(FILE)))) {
            Json.MAPPER.writeValue(out, rounded);
        }
    }

    static Map<String, Map<String, Double>> read(Path directory) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(FILE)))) {
            return Json.MAPPER.readValue(in, new TypeReference<>() {});
        }
    }
}
