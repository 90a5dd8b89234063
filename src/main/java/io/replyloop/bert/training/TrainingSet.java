package io.replyloop.bert.training;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Labelled pairs. Each distinct text is tokenized only once, because replies occur in many pairs. */
public final class TrainingSet {
    private final List<TrainingExample> examples;
    private final List<EncodedPair> pairs;
    private final Loss loss;
    private final Map<String, Double> positives = new HashMap<>();

    private TrainingSet(List<TrainingExample> examples, List<EncodedPair> pairs, Loss loss) {
        this.examples = examples;
        this.pairs = pairs;
        this.loss = loss;
        if (loss == Loss.LIST_WISE) {
            examples.forEach(example -> positives.merge(example.group(), example.label(), Double::sum));
        }
    }

    static TrainingSet encode(List<TrainingExample> examples, PairTokenizer tokenizer, Loss loss) {
        Map<String, TokenIds> cache = new HashMap<>();
        List<EncodedPair> pairs = new ArrayList<>(examples.size());
        for (TrainingExample example : examples) {
            pairs.add(tokenizer.pair(
                    cache.computeIfAbsent(example.query(), tokenizer::tokenize),
                    cache.computeIfAbsent(example.reply(), tokenizer::tokenize)));
        }
        return new TrainingSet(examples, pairs, loss);
    }

    /** Pairs that are already encoded, each with its label as its class. */
    public static TrainingSet of(List<EncodedPair> pairs, float[] labels) {
        List<TrainingExample> examples = new ArrayList<>();
        for (float label : labels) {
            examples.add(new TrainingExample("", "", label, null));
        }
        return new TrainingSet(examples, pairs, Loss.CROSS_ENTROPY);
    }

    static void requireLabels(List<TrainingExample> train, List<TrainingExample> dev, Loss loss) {
        if (train.isEmpty()) {
            throw new IllegalArgumentException("there are no training examples");
        }
        for (List<TrainingExample> part : List.of(train, dev)) {
            Map<String, Double> best = new HashMap<>();
            for (TrainingExample example : part) {
                if (loss != Loss.CROSS_ENTROPY && (example.label() < 0 || example.label() > 1)) {
                    throw new IllegalArgumentException("the label " + example.label() + " of '" + example.reply()
                            + "' is not between 0 and 1, as the loss " + loss + " needs");
                }
                if (loss == Loss.LIST_WISE && example.group() == null) {
                    throw new IllegalArgumentException("the list-wise loss needs a group for each example, but '"
                            + example.reply() + "' has none");
                }
                best.merge(String.valueOf(example.group()), example.label(), Math::max);
            }
            best.forEach((group, label) -> {
                if (loss == Loss.LIST_WISE && label <= 0) {
                    throw new IllegalArgumentException("the list-wise loss needs a reply with a positive label in each"
                            + " group, but '" + group + "' has none; leave it out");
                }
            });
        }
    }

    static void requireClasses(List<TrainingExample> train, int labels, Loss loss) {
        int classes = Math.max(2, labels);
        for (TrainingExample example : train) {
            boolean graded = labels == 1 && example.label() >= 0 && example.label() <= 1;
            if (loss == Loss.CROSS_ENTROPY && !graded) {
                requireClass(example, classes);
            }
        }
        if (loss != Loss.CROSS_ENTROPY && labels > 2) {
            throw new IllegalArgumentException(
                    "the loss " + loss + " needs a head of one or two labels, but the checkpoint has " + labels);
        }
    }

    private static void requireClass(TrainingExample example, int classes) {
        double label = example.label();
        if (label != Math.rint(label) || label < 0 || label >= classes) {
            throw new IllegalArgumentException("the label " + label + " of '" + example.reply() + "' is none of the "
                    + classes + " classes of the checkpoint, 0 to " + (classes - 1));
        }
    }

    boolean isEmpty() {
        return examples.isEmpty();
    }

    /**
     * Adds the gradients of a batch, micro-batch by micro-batch, and returns its mean loss.
     *
     * @param atOnce maximum examples of a micro-batch, unless a single impression has more
     */
    public double learn(Learner network, List<Integer> batch, int atOnce, long seed) {
        return learn(network, batch, atOnce, seed, TrainingSet::goOn);
    }

    private static void goOn() {}

    /** @param before runs before each micro-batch, and may wait */
    double learn(Learner network, List<Integer> batch, int atOnce, long seed, Runnable before) {
        double weight = 1.0 / batch.size();
        if (loss == Loss.LIST_WISE) {
            weight = 1.0
                    / batch.stream()
                            .map(i -> examples.get(i).group())
                            .distinct()
                            .count();
        }
        double total = 0;
        int part = 0;
        for (List<Integer> micro : microBatches(batch, atOnce, network.tokensAtOnce())) {
            before.run();
            Map<String, Long> groups = new HashMap<>();
            float[] labels = new float[micro.size()];
            long[] groupOf = new long[micro.size()];
            List<EncodedPair> packed = new ArrayList<>();
            for (int i = 0; i < labels.length; i++) {
                TrainingExample example = examples.get(micro.get(i));
                packed.add(pairs.get(micro.get(i)));
                labels[i] = (float) example.label();
                if (loss == Loss.LIST_WISE) {
                    labels[i] /= positives.get(example.group());
                    groupOf[i] = groups.computeIfAbsent(example.group(), group -> (long) groups.size());
                }
            }
            total += network.learn(packed, labels, groupOf, loss, weight, seed * 1_009 + part++);
        }
        return total;
    }

    /** Sorts by length, so that attention runs over many sequences at once; impressions are not split. */
    private List<List<Integer>> microBatches(List<Integer> batch, int atOnce, int tokensAtOnce) {
        Map<Object, List<Integer>> units = new LinkedHashMap<>();
        for (int index : batch) {
            Object unit = loss == Loss.LIST_WISE ? examples.get(index).group() : (Object) index;
            units.computeIfAbsent(unit, key -> new ArrayList<>()).add(index);
        }
        List<List<Integer>> order = new ArrayList<>(units.values());
        if (loss != Loss.LIST_WISE) {
            order.sort(Comparator.comparingInt(unit -> pairs.get(unit.get(0)).length()));
        }
        List<List<Integer>> result = new ArrayList<>();
        List<Integer> micro = new ArrayList<>();
        int tokens = 0;
        for (List<Integer> unit : order) {
            int size = unit.stream().mapToInt(i -> pairs.get(i).length()).sum();
            boolean full = tokens + size > tokensAtOnce || micro.size() + unit.size() > atOnce;
            if (!micro.isEmpty() && full) {
                result.add(micro);
                micro = new ArrayList<>();
                tokens = 0;
            }
            micro.addAll(unit);
            tokens += size;
        }
        result.add(micro);
        result.forEach(
                part -> part.sort(Comparator.comparingInt(i -> pairs.get(i).length())));
        return result;
    }

    /** The logits of every pair, without dropout. @param before runs before each batch, and may wait */
    List<float[]> logits(Learner network, Runnable before) {
        return List.of(PackedBatch.inParts(pairs, network.tokensAtOnce(), part -> {
            before.run();
            return network.evaluate(part);
        }));
    }

    Evaluation measure(List<float[]> logits, boolean regression) {
        return measure(examples, logits, regression);
    }

    /** Metrics of any logits; also used by the evaluate command. */
    static Evaluation measure(List<TrainingExample> examples, List<float[]> logits, boolean regression) {
        int width = logits.get(0).length;
        List<RankingMetrics.Scored> scored = new ArrayList<>();
        double[] odds = new double[logits.size()];
        double[] labels = new double[logits.size()];
        double loss = 0;
        double right = 0;
        for (int i = 0; i < logits.size(); i++) {
            float[] row = logits.get(i);
            TrainingExample example = examples.get(i);
            labels[i] = example.label();
            if (width > 2) {
                requireClass(example, width);
                int best = 0;
                double sum = 0;
                for (int c = 0; c < width; c++) {
                    best = row[c] > row[best] ? c : best;
                }
                for (float value : row) {
                    sum += Math.exp(value - row[best]);
                }
                right += best == (int) example.label() ? 1 : 0;
                loss += Math.log(sum) + row[best] - row[(int) example.label()];
            } else {
                odds[i] = CrossEncoder.logOdds(row);
                scored.add(new RankingMetrics.Scored(
                        CrossEncoder.probability(row, regression), example.label(), example.group()));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (width > 2) {
            metrics.put("accuracy", right / logits.size());
            metrics.put("loss", loss / logits.size());
            return new Evaluation(metrics, OptionalDouble.of(-loss), 1);
        }
        metrics.putAll(RankingMetrics.of(scored));
        double temperature = 1;
        if (regression) {
            double squares = 0;
            for (int i = 0; i < odds.length; i++) {
                squares += (odds[i] - labels[i]) * (odds[i] - labels[i]);
            }
            metrics.put("loss", squares / odds.length);
        } else {
            metrics.put("loss", Calibration.negativeLogLikelihood(odds, labels, 1));
            temperature = Calibration.temperature(odds, labels);
        }
        Double order = metrics.get("mrr");
        return new Evaluation(metrics, OptionalDouble.of(order != null ? order : -metrics.get("loss")), temperature);
    }
}
