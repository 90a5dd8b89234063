package io.replyloop.ranking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.training.Calibration;
import io.replyloop.retrieval.Evidence;

/**
 * The weights of the stages of ranking, stored as an object in {@code ranking.json}:
 *
 * <pre>
 * {"bias": b, "crossEncoder": c, "firstStage": f, "meaning": n, "memory": m, "share": s, "unknownBias": ub,
 *  "unknownCrossEncoder": uc, "unknownFirstStage": uf, "unknownMeaning": un, "unknownShare": us,
 *  "unfamiliarScale": as, "unfamiliarBias": ab}
 * score = b + ub * u + (c + uc * u) * logit / t + (f + uf * u) * firstStage + (n + un * u) * meaning + m * memory
 *  + (s + us * u) * logOdds(share)
 * probability = sigmoid(score), and sigmoid(as * score + ab) for a language on which the encoder was trained less
 * </pre>
 *
 * <p>where {@code u} is how little the answered questions know about the moment: 1 on a team's first day, when
 * everything except memory has to count for more. No evidence may count against a reply, so no weight of evidence is
 * negative.
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

    /** A larger weight must be a mistake; scores could not be computed with it. */
    private static final double MOST = 10_000;

    /** Shares outside this range are clamped. */
    private static final double LEAST_SHARE = 1e-4;

    private static final double MOST_SHARE = 0.999;

    /** Weights without the share, the same for all languages. */
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

    /** The same weights for any {@code u}, and none for embeddings. */
    public StageWeights(double bias, double crossEncoder, double firstStage, double memory) {
        this(bias, crossEncoder, firstStage, 0, memory, 0, 0, 0, 0);
    }

    /** The weights for unjudged replies: as if the cross-encoder were neutral. */
    StageWeights unjudged() {
        return judged(0);
    }

    /** The same weights with a cross-encoder. */
    StageWeights judged(double otherCrossEncoder) {
        return with(otherCrossEncoder, 0, unfamiliarScale, unfamiliarBias);
    }

    /** The same weights, with a different scale and bias for languages on which the encoder was trained less. */
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

    /** @param logit divided by the temperature; 0 if the cross-encoder has not scored it */
    double probability(double logit, Evidence evidence) {
        return Calibration.sigmoid(logOdds(logit, evidence));
    }

    /** The log-odds of that probability. */
    double logOdds(double logit, Evidence evidence) {
        double unfamiliar = evidence.unfamiliar();
        return (1 - unfamiliar + unfamiliarScale * unfamiliar) * score(logit, evidence) + unfamiliarBias * unfamiliar;
    }

    /** The log-odds in a language on which the encoder was trained enough. */
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
     * The features of a candidate, in the order of {@link #order()}: each has one weight where memory knows the moment
     * and another where it does not.
     *
     * @param logit divided by the temperature
     * @param ahead log-odds of the share; 0 to leave it out
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

    /** The weights of the {@link #features}: everything that determines the ranking of an impression's candidates. */
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

    /** The same with these weights in {@link #order()}. */
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

    /** The same ranking with rescaled log-odds in every language. */
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

    /** The same with the cross-encoder's weights of another. */
    StageWeights withNetworkOf(StageWeights others) {
        return with(others.crossEncoder, others.unknownCrossEncoder, unfamiliarScale, unfamiliarBias);
    }

    /** The log-odds of a share: how far ahead of the others a reply is. */
    public static double logOdds(double share) {
        double believed = Math.max(LEAST_SHARE, Math.min(MOST_SHARE, share));
        return Math.log(believed / (1 - believed));
    }

    /** @param usual defaults for the bias and for those weights that every file has had */
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

    /** @throws IllegalArgumentException naming a weight that is not a number, or too large */
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
