package io.replyloop.training.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.bert.training.Calibration;
import io.replyloop.bert.training.RankingMetrics;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.platform.Json;
import io.replyloop.ranking.FinalScore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model is worth on held-out examples: by itself, and as agents would see it, ranked by the final score wherever the
 * rest of what that weighs is known.
 *
 * @param logits log-odds that the reply fits, one per example
 * @param score the model's own
 */
record Evaluation(List<HeldOut> examples, double[] logits, FinalScore score) {
    private static final List<String> TELLING = List.of(
            "finalMrr", "finalRecall@1", "mrr", "recall@1", "recall@3", "auc", "accuracy", "f1", "finalEce", "ece");

    /** Few, so that customers wait for a fraction of a second at most. */
    static final int PAIRS_AT_ONCE = 32;

    private static final int FEWEST_IMPRESSIONS = 10;

    Evaluation at(double otherTemperature) {
        return new Evaluation(examples, logits, score.at(otherTemperature));
    }

    double temperature() {
        return score.temperature();
    }

    /** Scores all examples; {@code stillWanted} runs before each batch, and may wait or throw. */
    static double[] logits(CrossEncoder model, List<HeldOut> examples, Runnable stillWanted) {
        Map<String, TokenIds> tokens = new HashMap<>();
        double[] logits = new double[examples.size()];
        for (int start = 0; start < logits.length; start += PAIRS_AT_ONCE) {
            stillWanted.run();
            int end = Math.min(logits.length, start + PAIRS_AT_ONCE);
            List<EncodedPair> pairs = new ArrayList<>();
            for (HeldOut heldOut : examples.subList(start, end)) {
                TrainingExample example = heldOut.example();
                pairs.add(model.pair(
                        tokens.computeIfAbsent(example.query(), model::tokenize),
                        tokens.computeIfAbsent(example.reply(), model::tokenize)));
            }
            List<float[]> scored = model.logits(pairs);
            for (int i = 0; i < scored.size(); i++) {
                logits[start + i] = CrossEncoder.logOdds(scored.get(i));
            }
        }
        return logits;
    }

    /** The one that makes the network's logits probabilities, by themselves. */
    double calibratingTemperature() {
        int[] labelled = IntStream.range(0, logits.length)
                .filter(i -> examples.get(i).labelled())
                .toArray();
        return Calibration.temperature(
                IntStream.of(labelled).mapToDouble(i -> logits[i]).toArray(),
                IntStream.of(labelled)
                        .mapToDouble(i -> examples.get(i).example().label())
                        .toArray());
    }

    /** Whether enough is known of what agents would see to tell by that. */
    boolean isAsSeen() {
        return impressionsAsSeen().size() >= FEWEST_IMPRESSIONS;
    }

    /** Those in which a reply fits and another does not, ranked by the network. */
    List<List<RankingMetrics.Scored>> impressions() {
        return RankingMetrics.impressions(scored());
    }

    /** The same with all candidates, ranked by the final score, without what never was one. */
    List<List<RankingMetrics.Scored>> impressionsAsSeen() {
        return RankingMetrics.impressions(scoredAsSeen());
    }

    /** Of the final score's probabilities, also where no reply fits: the mean. */
    double logLoss() {
        return scoredAsSeen().stream()
                .mapToDouble(one -> {
                    double probability = FinalScore.believed(one.probability());
                    return -one.label() * Math.log(probability) - (1 - one.label()) * Math.log(1 - probability);
                })
                .average()
                .orElse(0);
    }

    /** By name, those that say most about a ranking first. */
    ObjectNode metrics() {
        Map<String, Double> unordered = RankingMetrics.of(scored());
        if (isAsSeen()) {
            List<List<RankingMetrics.Scored>> seen = impressionsAsSeen();
            unordered.put("finalMrr", RankingMetrics.meanReciprocalRank(seen));
            unordered.put("finalRecall@1", RankingMetrics.recallAt(1, seen));
            unordered.put("finalEce", RankingMetrics.expectedCalibrationError(scoredAsSeen()));
            // The temperature is chosen for the final score, and makes no probability of the logit alone.
            unordered.remove("ece");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : TELLING) {
            metrics.put(name, unordered.get(name));
        }
        unordered.forEach(metrics::putIfAbsent);
        return json(metrics);
    }

    static ObjectNode json(Map<String, Double> metrics) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        // JSON has no NaN: what has no meaning for these examples is left out.
        metrics.forEach((name, value) -> {
            if (value != null && Double.isFinite(value)) {
                json.put(name, value);
            }
        });
        return json;
    }

    private List<RankingMetrics.Scored> scored() {
        List<RankingMetrics.Scored> scored = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            if (examples.get(i).labelled()) {
                TrainingExample example = examples.get(i).example();
                scored.add(new RankingMetrics.Scored(
                        Calibration.sigmoid(logits[i] / temperature()), example.label(), example.group()));
            }
        }
        return scored;
    }

    private List<RankingMetrics.Scored> scoredAsSeen() {
        List<RankingMetrics.Scored> scored = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            HeldOut one = examples.get(i);
            if (one.evidence() != null) {
                scored.add(new RankingMetrics.Scored(
                        score.probability(logits[i], one.evidence()),
                        one.example().label(),
                        one.example().group()));
            }
        }
        return scored;
    }
}
