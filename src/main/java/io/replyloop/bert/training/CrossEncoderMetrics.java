package io.replyloop.bert.training;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The quality of a cross-encoder on labelled pairs. */
public final class CrossEncoderMetrics {
    private CrossEncoderMetrics() {}

    /** The metrics of {@link RankingMetrics}, the loss, and the temperature that would calibrate it. */
    public static Map<String, Double> of(CrossEncoder encoder, List<TrainingExample> examples) {
        Map<String, TokenIds> cache = new HashMap<>();
        List<EncodedPair> pairs = examples.stream()
                .map(example -> encoder.pair(
                        cache.computeIfAbsent(example.query(), encoder::tokenize),
                        cache.computeIfAbsent(example.reply(), encoder::tokenize)))
                .toList();
        Evaluation evaluation = TrainingSet.measure(examples, encoder.logits(pairs), encoder.isRegression());
        Map<String, Double> metrics = new LinkedHashMap<>(evaluation.metrics());
        metrics.put("temperature", evaluation.temperature());
        return metrics;
    }
}
