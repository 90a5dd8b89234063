package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Chooses a precision by measurement: which one is fastest depends on the CPU, the shape of the network and its
 * weights, so each candidate scores the same pairs with the real checkpoint. A candidate whose scores deviate from fp32
 * is never chosen, however fast. The choice for a model and machine is kept ({@link RememberedPrecision}).
 */
final class PrecisionChoice {
    private static final System.Logger LOG = System.getLogger(PrecisionChoice.class.getName());
    /** Largest accepted deviation of a score from fp32's, on any pair of the sample. */
    static final double TOLERANCE = 0.02;
    /** How much faster than fp32 a candidate must be. */
    private static final double WORTH = 1.2;

    private static final int ROUNDS = 3;
    private static final int HOPELESS = 4;
    private static final int TIMED = 16;

    private static final int QUESTIONS = 7;

    /** Each question is paired with each reply: pairs that fit, nearly fit and do not fit, in both languages. */
    private static final List<String> TEXTS = List.of(
            "- Where is my order? It was due on Monday.",
            "> Hello, how can I help you?\n- I would like to send the shoes back, they are too small.",
            "- The code from the e-mail is refused, I cannot sign in",
            "- do you ship to Norway and what does it cost",
            "- 我的订单什么时候发货？",
            "> 您好，请问有什么可以帮您？\n- 衣服尺码不对，想换一件",
            "- 发票可以开公司抬头吗",
            "Your parcel is on its way; the tracking page shows where it is.",
            "You can return anything within 30 days. The label is in your account under Orders.",
            "Please ask for a new code; each is valid for ten minutes.",
            "We ship to all of Europe. Delivery outside the EU costs 12 euros.",
            "您的订单已经发出，可以在物流页面查看进度。",
            "七天内可以退换，请在订单页面申请换货。",
            "可以的，请在下单时填写公司名称和税号。",
            "We are sorry for the trouble and will look into it.");

    private PrecisionChoice() {}

    /** A network that is ready to score, and the reason for its precision. */
    record Chosen(CrossEncoder.Serving serving, String reason) {}

    static Chosen fastest(Checkpoint checkpoint, PairTokenizer tokenizer, Device device) {
        RememberedPrecision.Decision decision =
                RememberedPrecision.of(checkpoint, device).orElse(() -> measure(checkpoint, tokenizer, device));
        LOG.log(
                System.Logger.Level.INFO,
                "{0} runs in {1}: {2}",
                checkpoint.directory(),
                decision.precision(),
                decision.reason());
        return new Chosen(CrossEncoder.Serving.open(checkpoint, device, decision.precision()), decision.reason());
    }

    private static RememberedPrecision.Decision measure(Checkpoint checkpoint, PairTokenizer tokenizer, Device device) {
        BertConfig config = checkpoint.config();
        List<EncodedPair> pairs = sample(tokenizer);
        List<EncodedPair> timed = pairs.subList(0, TIMED);
        Precision best = Precision.FP32;
        List<String> reasons = new ArrayList<>();
        double[] reference;
        double full;
        try (Network network =
                CrossEncoder.Serving.open(checkpoint, device, Precision.FP32).network()) {
            reference = fit(network, pairs, config);
            full = time(network, timed, config, Double.MAX_VALUE);
        }
        double limit = full / WORTH;
        List<Precision> candidates = device.equals(Device.cpu())
                ? List.of(Precision.BF16, Precision.INT8)
                : List.of(Precision.BF16, Precision.FP16);
        for (Precision precision : candidates) {
            String name = precision.name().toLowerCase(Locale.ROOT);
            if (MatrixRate.isEmulated(precision, device)) {
                reasons.add(name + " is only emulated by this processor");
                continue;
            }
            try (Network network =
                    CrossEncoder.Serving.open(checkpoint, device, precision).network()) {
                double time = time(network, timed, config, limit);
                String speed = String.format(Locale.ROOT, "%s was %.2f times as fast as fp32", name, full / time);
                if (time >= limit) {
                    reasons.add(speed);
                    continue;
                }
                double difference = difference(reference, fit(network, pairs, config));
                reasons.add(String.format(Locale.ROOT, "%s and up to %.4f from its scores", speed, difference));
                if (difference <= TOLERANCE) {
                    best = precision;
                    limit = time;
                }
            } catch (EngineException unsupported) {
                LOG.log(System.Logger.Level.DEBUG, name, unsupported);
                reasons.add(name + " does not run on this machine");
            }
        }
        String reason = String.format(
                Locale.ROOT,
                "on %d pairs %s; taken is what is at least %.1f times as fast and within %.2f",
                pairs.size(),
                String.join(", ", reasons),
                WORTH,
                TOLERANCE);
        return new RememberedPrecision.Decision(best, reason);
    }

    private static double[] fit(Network network, List<EncodedPair> pairs, BertConfig config) {
        return Arrays.stream(CrossEncoder.score(network, pairs, config.firstPosition()))
                .mapToDouble(logits -> CrossEncoder.probability(logits, config.isRegression()))
                .toArray();
    }

    static double difference(double[] one, double[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = Math.abs(one[i] - other[i]);
            // NaN must not count as close.
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    /** A candidate that takes several times the limit is not measured twice. */
    private static double time(Network network, List<EncodedPair> pairs, BertConfig config, double limit) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round <= ROUNDS && (round == 0 || best < HOPELESS * limit); round++) {
            long start = System.nanoTime();
            CrossEncoder.score(network, pairs, config.firstPosition());
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static List<EncodedPair> sample(PairTokenizer tokenizer) {
        List<TokenIds> texts = TEXTS.stream().map(tokenizer::tokenize).toList();
        List<EncodedPair> pairs = new ArrayList<>();
        for (TokenIds query : texts.subList(0, QUESTIONS)) {
            for (TokenIds reply : texts.subList(QUESTIONS, texts.size())) {
                pairs.add(tokenizer.pair(query, reply));
            }
        }
        return pairs;
    }
}
