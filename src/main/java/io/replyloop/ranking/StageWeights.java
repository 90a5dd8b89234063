package io.replyloop.ranking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.training.Calibration;
import io.replyloop.retrieval.Evidence;

/**
 * What each stage of ranking counts, as one object in a {@code ranking.json}:
 *
 * <pre>
 * {"bias": b, "crossEncoder": c, "firstStage": f, "meaning": n, "memory": m, "share": s, "unknownBias": ub,
 *  "unknownCrossEncoder": uc, "unknownFirstStage": uf, "unknownMeaning": un, "unknownShare": us,
 *  "unfamiliarScale": as, "unfamiliarBias": ab}
 * score = b + ub * u + (c + uc * u) * logit / t + (f + uf * u) * firstStage + (n + un * u) * meaning + m * memory
 *  + (s + us * u) * logOdds(share)
 * probability = sigmoid(score), and sigmoid(as * score + ab) in a language of which the encoder has read less
 * </pre>
 *
 * <p>Where {@code u} is how little the answered questions know of the moment: on a team's first day that is 1, and what is
 * not memory has to count for more. No evidence may count against a reply, so no weight of evidence is negative.
 */
public record StageWeights(
        double bias,
        double crossEncoder,
        double firstStage,
        double meaning,
        double memory,
        double unknownBias,
        double unknownCrossEncoder,
        double unknownFirstStage,
        double unknownMeaning,
        double share,
        double unknownShare,
        double unfamiliarScale,
        double unfamiliarBias) {

    /** What weighs more is a mistake, with which nothing could be computed. */
    private static final double MOST = 10_000;

    /** Shares beyond these are alike. */
    private static final double LEAST_SHARE = 1e-4;

    private static final double MOST_SHARE = 0.999;

    /** However clear the matter is, in every language alike. */
    public StageWeights(
            double bias,
            double crossEncoder,
            double firstStage,
            double meaning,
            double memory,
            double unknownBias,
            double unknownCrossEncoder,
            double unknownFirstStage,
            double unknownMeaning) {
        this(
                bias,
                crossEncoder,
                firstStage,
                meaning,
                memory,
                unknownBias,
                unknownCrossEncoder,
                unknownFirstStage,
                unknownMeaning,
                0,
                0,
                1,
                0);
    }

    /** The same whatever memory knows, and of a time that knew no meaning. */
    public StageWeights(double bias, double crossEncoder, double firstStage, double memory) {
        this(bias, crossEncoder, firstStage, 0, memory, 0, 0, 0, 0);
    }

    /** Of a reply that was not read: as if the cross-encoder knew neither way. */
    StageWeights unjudged() {
        return judged(0);
    }

    /** The same of one that was read. */
    StageWeights judged(double otherCrossEncoder) {
        return with(otherCrossEncoder, 0, unfamiliarScale, unfamiliarBias);
    }

    /** The same, but for what it says in a language of which the encoder has read less. */
    public StageWeights inOtherLanguages(double scale, double otherBias) {
        return with(crossEncoder, unknownCrossEncoder, scale, otherBias);
    }

    private StageWeights with(double judged, double unknownJudged, double scale, double otherBias) {
        return new StageWeights(
                bias,
                judged,
                firstStage,
                meaning,
                memory,
                unknownBias,
                unknownJudged,
                unknownFirstStage,
                unknownMeaning,
                share,
                unknownShare,
                scale,
                otherBias);
    }

    boolean knowsMeaning() {
        return meaning + unknownMeaning + share + unknownShare > 0;
    }

    /** @param logit divided by the temperature; 0 where the cross-encoder was not asked */
    double probability(double logit, Evidence evidence) {
        return Calibration.sigmoid(logOdds(logit, evidence));
    }

    /** Of that probability. */
    double logOdds(double logit, Evidence evidence) {
        double unfamiliar = evidence.unfamiliar();
        return (1 - unfamiliar + unfamiliarScale * unfamiliar) * score(logit, evidence) + unfamiliarBias * unfamiliar;
    }

    /** Log-odds, in a language of which the encoder has read enough. */
    public double score(double logit, Evidence evidence) {
        double unknown = 1 - evidence.known();
        return bias
                + unknownBias * unknown
                + (crossEncoder + unknownCrossEncoder * unknown) * logit
                + (firstStage + unknownFirstStage * unknown) * evidence.firstStage()
                + (meaning + unknownMeaning * unknown) * evidence.meaning()
                + memory * evidence.memory()
                + (share + unknownShare * unknown) * logOdds(evidence.share());
    }

    /**
     * What a candidate brings with it, in the order of {@link #order()}: each counts one way where memory knows the moment
     * and another where it does not.
     *
     * @param logit divided by the temperature
     * @param ahead log-odds of the share; 0 where that is not asked for
     */
    public static double[] features(double logit, Evidence evidence, double ahead) {
        double known = evidence.known();
        return new double[] {
            known * evidence.firstStage(),
            (1 - known) * evidence.firstStage(),
            known * evidence.meaning(),
            (1 - known) * evidence.meaning(),
            evidence.memory(),
            known * ahead,
            (1 - known) * ahead,
            known * logit,
            (1 - known) * logit
        };
    }

    /** What each of the {@link #features} counts: all that decides the order of an impression's candidates. */
    public double[] order() {
        return new double[] {
            firstStage,
            firstStage + unknownFirstStage,
            meaning,
            meaning + unknownMeaning,
            memory,
            share,
            share + unknownShare,
            crossEncoder,
            crossEncoder + unknownCrossEncoder
        };
    }

    /** The same with another {@link #order()}. */
    public StageWeights ordered(double[] order) {
        return new StageWeights(
                bias,
                order[7],
                order[0],
                order[2],
                order[4],
                unknownBias,
                order[8] - order[7],
                order[1] - order[0],
                order[3] - order[2],
                order[5],
                order[6] - order[5],
                unfamiliarScale,
                unfamiliarBias);
    }

    /** The same order with other log-odds in every language: so many times as large, and so much higher. */
    StageWeights scaled(double slope, double more) {
        return new StageWeights(
                slope * bias + more,
                slope * crossEncoder,
                slope * firstStage,
                slope * meaning,
                slope * memory,
                slope * unknownBias,
                slope * unknownCrossEncoder,
                slope * unknownFirstStage,
                slope * unknownMeaning,
                slope * share,
                slope * unknownShare,
                unfamiliarScale,
                slope * unfamiliarBias + more * (1 - unfamiliarScale));
    }

    /** The same with what a cross-encoder counts in others. */
    StageWeights withNetworkOf(StageWeights others) {
        return with(others.crossEncoder, others.unknownCrossEncoder, unfamiliarScale, unfamiliarBias);
    }

    /** Of a share: how far ahead of the others a reply is. */
    public static double logOdds(double share) {
        double believed = Math.max(LEAST_SHARE, Math.min(MOST_SHARE, share));
        return Math.log(believed / (1 - believed));
    }

    /** @param usual what the bias and the weights are that every file has had, where they are missing */
    static StageWeights of(JsonNode node, String name, StageWeights usual) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw new IllegalArgumentException(name + " must be a JSON object");
        }
        return new StageWeights(
                FinalScore.number(node, "bias", usual.bias),
                FinalScore.number(node, "crossEncoder", usual.crossEncoder),
                FinalScore.number(node, "firstStage", usual.firstStage),
                FinalScore.number(node, "meaning", 0),
                FinalScore.number(node, "memory", usual.memory),
                FinalScore.number(node, "unknownBias", 0),
                FinalScore.number(node, "unknownCrossEncoder", 0),
                FinalScore.number(node, "unknownFirstStage", 0),
                FinalScore.number(node, "unknownMeaning", 0),
                FinalScore.number(node, "share", 0),
                FinalScore.number(node, "unknownShare", 0),
                FinalScore.number(node, "unfamiliarScale", 1),
                FinalScore.number(node, "unfamiliarBias", 0));
    }

    /** @throws IllegalArgumentException naming what is no number, or too large a one */
    void requireModerate(String where) {
        requireModerate(where + "bias", bias);
        requireModerate(where + "crossEncoder", crossEncoder);
        requireModerate(where + "firstStage", firstStage);
        requireModerate(where + "meaning", meaning);
        requireModerate(where + "memory", memory);
        requireModerate(where + "unknownBias", unknownBias);
        requireModerate(where + "unknownCrossEncoder", unknownCrossEncoder);
        requireModerate(where + "unknownFirstStage", unknownFirstStage);
        requireModerate(where + "unknownMeaning", unknownMeaning);
        requireModerate(where + "share", share);
        requireModerate(where + "unknownShare", unknownShare);
        requireModerate(where + "unfamiliarScale", unfamiliarScale);
        requireModerate(where + "unfamiliarBias", unfamiliarBias);
    }

    private static void requireModerate(String name, double value) {
        FinalScore.require(Math.abs(value) <= MOST, name, "a number from -10,000 to 10,000", value);
    }

    void write(ObjectNode node) {
        node.put("bias", FinalScore.rounded(bias))
                .put("crossEncoder", FinalScore.rounded(crossEncoder))
                .put("firstStage", FinalScore.rounded(firstStage))
                .put("meaning", FinalScore.rounded(meaning))
                .put("memory", FinalScore.rounded(memory))
                .put("unknownBias", FinalScore.rounded(unknownBias))
                .put("unknownCrossEncoder", FinalScore.rounded(unknownCrossEncoder))
                .put("unknownFirstStage", FinalScore.rounded(unknownFirstStage))
                .put("unknownMeaning", FinalScore.rounded(unknownMeaning))
                .put("share", FinalScore.rounded(share))
                .put("unknownShare", FinalScore.rounded(unknownShare))
                .put("unfamiliarScale", FinalScore.rounded(unfamiliarScale))
                .put("unfamiliarBias", FinalScore.rounded(unfamiliarBias));
    }
}
