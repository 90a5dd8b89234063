package io.replyloop.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.Calibration;
import io.replyloop.bert.CrossEncoder;
import io.replyloop.bert.EncodedPair;
import io.replyloop.bert.RankingMetrics;
import io.replyloop.bert.TokenIds;
import io.replyloop.bert.TrainingExample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What a model is worth on held-out examples, and whether one is better than another on the same ones.
 *
 * @param logits log-odds that the reply fits, one per example
 */
record Evaluation(List<TrainingExample> examples, double[] logits, double temperature) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TELLING = List.of("mrr", "recall@1", "recall@3", "auc", "accuracy", "f1", "ece");
    private static final int PAIRS_AT_ONCE = 256;
    private static final int RESAMPLES = 2_000;
    private static final int FEWEST_IMPRESSIONS = 10;
    private static final int FEWEST_FOR_TEMPERATURE = 30;

    /** A better score on the mean reciprocal rank in 95 of 100 resampled sets of impressions, or no claim at all. */
    private static final double CONFIDENCE = 0.95;

    Evaluation at(double otherTemperature) {
        return new Evaluation(examples, logits, otherTemperature);
    }

    /** Scores all examples; {@code stillWanted} is asked now and then and may throw. */
    static double[] logits(CrossEncoder model, List<TrainingExample> examples, Runnable stillWanted) {
        Map<String, TokenIds> tokens = new HashMap<>();
        double[] logits = new double[examples.size()];
        for (int start = 0; start < logits.length; start += PAIRS_AT_ONCE) {
            stillWanted.run();
            int end = Math.min(logits.length, start + PAIRS_AT_ONCE);
            List<EncodedPair> pairs = new ArrayList<>();
            for (TrainingExample example : examples.subList(start, end)) {
                pairs.add(model.pair(
                        tokens.computeIfAbsent(example.query(), model::tokenize),
                        tokens.computeIfAbsent(example.reply(), model::tokenize)));
            }
            List<float[]> scored = model.logits(pairs);
            for (int i = 0; i < scored.size(); i++) {
                logits[start + i] = logOdds(scored.get(i));
            }
        }
        return logits;
    }

    private static double logOdds(float[] logits) {
        return switch (logits.length) {
            case 1 -> logits[0];
            case 2 -> logits[1] - logits[0];
            default ->
                throw new IllegalStateException("A ranking model has one or two labels; this one has " + logits.length);
        };
    }

    /**
     * The temperature with which the new model's logits weigh in the final score as much as the old one's did. Bias and
     * weights of that score were fitted for the old logits among all candidates, and examples hold only some of those,
     * so a temperature fitted on examples alone would not go with them; the ratio of two such temperatures does. On few
     * impressions, or beyond twice and half, it is noise: then the old one is the better guess.
     */
    static double temperatureLike(Evaluation old, Evaluation fresh) {
        if (RankingMetrics.impressions(old.scored()).size() < FEWEST_FOR_TEMPERATURE) {
            return old.temperature;
        }
        double ratio = fresh.fittedTemperature() / old.fittedTemperature();
        return old.temperature * Math.max(0.5, Math.min(2, ratio));
    }

    private double fittedTemperature() {
        return Calibration.temperature(
                logits, examples.stream().mapToDouble(TrainingExample::label).toArray());
    }

    /** By name, those that say most about a ranking first. */
    ObjectNode metrics() {
        Map<String, Double> unordered = RankingMetrics.of(scored());
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : TELLING) {
            metrics.put(name, unordered.get(name));
        }
        unordered.forEach(metrics::putIfAbsent);
        return json(metrics);
    }

    static ObjectNode json(Map<String, Double> metrics) {
        ObjectNode json = JSON.createObjectNode();
        // JSON has no NaN: what has no meaning for these examples is left out.
        metrics.forEach((name, value) -> {
            if (value != null && Double.isFinite(value)) {
                json.put(name, value);
            }
        });
        return json;
    }

    /** Both models' metrics and a verdict in words. */
    static ObjectNode compare(Evaluation champion, long championNumber, Evaluation challenger) {
        ObjectNode result = JSON.createObjectNode();
        result.put("championNumber", championNumber);
        result.set("champion", champion.metrics());
        result.set("challenger", challenger.metrics());
        result.setAll(verdict(champion, championNumber, challenger));
        return result;
    }

    private static ObjectNode verdict(Evaluation champion, long championNumber, Evaluation challenger) {
        List<List<RankingMetrics.Scored>> before = RankingMetrics.impressions(champion.scored());
        List<List<RankingMetrics.Scored>> after = RankingMetrics.impressions(challenger.scored());
        int count = before.size();
        if (count < FEWEST_IMPRESSIONS) {
            return words(
                    "too-little-data",
                    String.format(
                            Locale.ROOT,
                            "Only %d held-out impressions have a reply that fits beside one that does not: too few to "
                                    + "tell whether the new model is better than model %d.",
                            count,
                            championNumber),
                    String.format(
                            Locale.ROOT, "留出数据中只有 %d 次展示同时含有合适与不合适的回复，不足以判断新模型是否优于模型 %d。", count, championNumber));
        }
        double[] differences = new double[count];
        for (int i = 0; i < count; i++) {
            differences[i] = 1.0 / RankingMetrics.rank(after.get(i)) - 1.0 / RankingMetrics.rank(before.get(i));
        }
        double share = shareAboveZero(differences);
        double mrrBefore = RankingMetrics.meanReciprocalRank(before);
        double mrrAfter = RankingMetrics.meanReciprocalRank(after);
        String code = share >= CONFIDENCE ? "better" : share <= 1 - CONFIDENCE ? "worse" : "no-difference";
        String english = switch (code) {
            case "better" -> "The new model is better than model %d";
            case "worse" -> "The new model is worse than model %d";
            default -> "No reliable difference between the new model and model %d";
        };
        String chinese = switch (code) {
            case "better" -> "新模型优于模型 %d";
            case "worse" -> "新模型不如模型 %d";
            default -> "新模型与模型 %d 之间没有可靠的差异";
        };
        return words(
                code,
                String.format(
                        Locale.ROOT,
                        english + ": on %d held-out impressions the first fitting reply has a mean reciprocal rank of "
                                + "%.3f, before it was %.3f.",
                        championNumber,
                        count,
                        mrrAfter,
                        mrrBefore),
                String.format(
                        Locale.ROOT,
                        chinese + "：在 %d 次留出展示中，首个合适回复的平均倒数排名为 %.3f，此前为 %.3f。",
                        championNumber,
                        count,
                        mrrAfter,
                        mrrBefore));
    }

    /** Paired bootstrap (Efron and Tibshirani, 1993): a draw of the impressions counts half where it ties. */
    private static double shareAboveZero(double[] differences) {
        Random random = new Random(1);
        double above = 0;
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < differences.length; j++) {
                sum += differences[random.nextInt(differences.length)];
            }
            above += sum > 1e-12 ? 1 : sum < -1e-12 ? 0 : 0.5;
        }
        return above / RESAMPLES;
    }

    private static ObjectNode words(String code, String english, String chinese) {
        ObjectNode words = JSON.createObjectNode();
        words.put("verdict", code);
        words.putObject("verdictText").put("en", english).put("zh", chinese);
        return words;
    }

    private List<RankingMetrics.Scored> scored() {
        List<RankingMetrics.Scored> scored = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            TrainingExample example = examples.get(i);
            scored.add(new RankingMetrics.Scored(
                    Calibration.sigmoid(logits[i] / temperature), example.label(), example.group()));
        }
        return scored;
    }
}
